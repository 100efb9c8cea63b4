// Sees that a message is told in words: who pays whom, what came back and why, every code with its
// meaning.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { messageDefinition } from '../definition/definitions.ts';
import { transferValues } from './build.fixture.ts';
import { buildMessage } from './build.ts';
import { explain, printAdvice } from './explain.ts';
import { listSamples, skipReason } from './official.fixture.ts';
import { readMessage } from './read.ts';
import type { XmlElement } from './tree.ts';

function treeOf(xml: string): XmlElement {
  const [part] = readMessage(xml, { keepTree: true }).parts;
  assert.ok(part?.tree);
  return part.tree;
}

test('an order says who pays what to whom', () => {
  const { xml } = buildMessage(messageDefinition('pain.001.001.09'), transferValues(2));
  const { title, sentences, lines } = explain(treeOf(xml));
  assert.equal(title, 'A customer orders transfers');
  assert.equal(
    sentences[0],
    'Muster & Söhne GmbH pays 101.50 EUR to Dupont & fils, reference E2E-1.',
  );
  assert.equal(sentences.length, 2);
  assert.ok(
    lines.some(({ label, value }) => label === 'Payment method' && value === 'TRF: transfer'),
  );
  for (const line of printAdvice(explain(treeOf(xml)), 60)) assert.ok(line.length <= 60, line);
});

test('a return says what came back and why', () => {
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.004.001.09"><PmtRtr><TxInf>
    <OrgnlEndToEndId>E2E-9</OrgnlEndToEndId><RtrdIntrBkSttlmAmt Ccy="EUR">1234.5</RtrdIntrBkSttlmAmt>
    <RtrRsnInf><Rsn><Cd>AC04</Cd></Rsn></RtrRsnInf></TxInf></PmtRtr></Document>`;
  assert.deepEqual(explain(treeOf(xml)).sentences, [
    '1,234.5 EUR of E2E-9 come back (AC04: account is closed).',
  ]);
});

test('every sample can be told and printed', { skip: skipReason }, () => {
  for (const { file, name } of listSamples('cbpr-translation-pairs')) {
    for (const { tree, root } of readMessage(readFileSync(file), { keepTree: true }).parts) {
      if (!tree || root !== 'Document') continue;
      assert.ok(printAdvice(explain(tree)).length > 3, name);
    }
  }
});

test('a form half filled is told without holes: an empty name falls back on the account, then on words', () => {
  const transfer = (creditor: string) =>
    treeOf(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
    <CdtTrfTxInf><IntrBkSttlmAmt Ccy="EUR">600.00</IntrBkSttlmAmt><Dbtr><Nm>Marta</Nm></Dbtr>
    ${creditor}</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`);
  const told = (creditor: string) => explain(transfer(creditor)).sentences[0];
  assert.equal(told('<Cdtr><Nm/></Cdtr>'), 'Marta pays 600.00 EUR to a payee not named.');
  const account = '<CdtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></CdtrAcct>';
  assert.equal(
    told(`<Cdtr><Nm> </Nm></Cdtr>${account}`),
    'Marta pays 600.00 EUR to FR1420041010050500013M02606.',
  );
});
