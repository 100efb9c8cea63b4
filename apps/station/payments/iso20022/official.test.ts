// Holds our verdicts against the official schemas, as libxml2 reads them: on every sample and
// every shipped mutant.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  listSamples,
  officialSchema,
  officialVerdict,
  skipReason,
  splitParts,
} from './official.fixture.ts';
import { readMessage } from './read.ts';

function judgeFile(file: string): { judged: number; refused: number } {
  const bytes = readFileSync(file);
  const known = readMessage(bytes).parts.filter(
    ({ id, definition }) => definition && officialSchema(id),
  );
  let refused = 0;
  for (const { id, text } of splitParts(bytes, known)) {
    const official = officialVerdict(id, text);
    const ours = readMessage(text);
    const [first] = ours.errors;
    assert.equal(first === undefined, official.valid, `${file} ${id}: ${official.message}`);
    if (!first) continue;
    refused += 1;
    const tag = first.path
      .split('/')
      .at(-1)
      ?.replace(/\[\d+\]$/, '');
    assert.equal(tag, official.element, `${file}: ${official.message} / ${first.message}`);
    assert.equal(first.line, official.line, `${file}: ${official.message}`);
    assert.ok(first.fix.length > 10, `no fix for ${first.code}`);
  }
  return { judged: known.length, refused };
}

test('every sample and shipped mutant is judged as the official schema judges it', {
  skip: skipReason,
}, () => {
  let judged = 0;
  let refused = 0;
  for (const { file } of listSamples()) {
    const result = judgeFile(file);
    judged += result.judged;
    refused += result.refused;
  }
  assert.ok(judged > 600 && refused > 150, `only ${judged} judged, ${refused} refused`);
});

test('a file of a version nobody has a definition of says which versions are known', () => {
  const reading = readMessage('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.99"/>');
  assert.equal(reading.errors[0]?.code, 'unknown-message');
  assert.match(reading.errors[0]?.fix ?? '', /camt\.053\.001\.08/);
});
