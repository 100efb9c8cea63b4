// Proves that a receipt prints to the same bytes each time and that no character is lost on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ReceiptView } from '#contract/journals.ts';
import { wrapText } from './document.ts';
import { createFonts, installedFolders } from './fonts.ts';
import { receiptPdf } from './receipt-pdf.ts';

const receipt: ReceiptView = {
  journal: 48211,
  code: '48211-7K3F-9QXM-2C',
  bank: 'Example Bank',
  branch: '001 Riverside',
  at: '2026-11-20T10:00:00.000Z',
  date: '2026-11-20',
  title: 'Cash deposit',
  lines: [
    { label: 'Name', text: 'Łukasz Müller, Ιωάννης, Мария, محمد عبد الله' },
    { label: 'Amount', text: '1,250.00 EUR' },
  ],
  denominations: null,
  demonstration: false,
};

test('the same receipt gives the same bytes, another one does not', async () => {
  const first = await receiptPdf(receipt);
  assert.equal(Buffer.from(first.subarray(0, 5)).toString('latin1'), '%PDF-');
  assert.deepEqual(await receiptPdf(receipt), first);
  const changed = { ...receipt, lines: [{ label: 'Amount', text: '1,250.01 EUR' }] };
  assert.notDeepEqual(await receiptPdf(changed), first);
});

test('a demonstration receipt says so', async () => {
  const plain = await receiptPdf(receipt);
  assert.notDeepEqual(await receiptPdf({ ...receipt, demonstration: true }), plain);
});

test('each run of a text has a font that draws it, and Arabic is written right to left', () => {
  const fonts = createFonts({ ...installedFolders(), system: [] });
  const runs = fonts.runs('Zoë Ωμ Юл', 'bold');
  assert.deepEqual(
    runs.map((run) => [run.text, run.font.replace(/.*inter-(.*)-600.*/, '$1')]),
    [
      ['Zoë ', 'latin'],
      ['Ωμ ', 'greek'],
      ['Юл', 'cyrillic'],
    ],
  );
  const arabic = createFonts().runs('محمد عبد', 'regular');
  assert.ok(arabic.length === 1 && (arabic[0]?.rightToLeft || arabic[0]?.text === '???? ???'));
});

test('what no font draws is shown as a question mark, one for each character', () => {
  const fonts = createFonts({ ...installedFolders(), system: [] });
  assert.equal(
    fonts
      .runs('a山田b', 'regular')
      .map((run) => run.text)
      .join(''),
    'a??b',
  );
});

test('wrapping loses no word and makes no line too wide', () => {
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'é', '1') }),
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 40 }), (parts, width) => {
      const text = parts.join(' ');
      const lines = wrapText(text, width, (each) => [...each].length);
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      for (const line of lines) assert.ok([...line].length <= width, line);
    }),
  );
});
