// Judges files under several layers of profiles at once, and finds the variant a message is of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transferValues } from './build.fixture.ts';
import {
  buildMessage,
  checkMessage,
  findProfile,
  messageDefinition,
  type Profile,
} from './index.ts';

const date = '2026-11-21';
const { xml } = buildMessage(messageDefinition('pain.001.001.09'), transferValues(1));

const bank: Profile = {
  id: 'our-bank',
  name: 'Our bank',
  layer: 'bank',
  release: '1',
  from: '2026-01-01',
  until: null,
  variants: [
    {
      name: 'pain.001',
      messageId: 'pain.001.001.09',
      service: null,
      rules: () => [
        {
          id: 'bank:NO-BATCH',
          source: 'our bank',
          text: 'Orders are booked one by one.',
          fix: 'Write false in BtchBookg.',
          check: {
            kind: 'requires-unless',
            at: '/Document/CstmrCdtTrfInitn/PmtInf',
            unless: 'BtchBookg',
            needs: ['BtchBookg'],
          },
        },
      ],
    },
  ],
};

test('without a profile the verdict is the schema alone', () => {
  const { valid, type, errors } = checkMessage(xml);
  assert.deepEqual([valid, type, errors], [true, 'pain.001.001.09', []]);
});

test("the market's rules and the bank's are judged together, each with its line", () => {
  const profiles = [findProfile('sepa-sct', date), findProfile('our-bank', date, [bank])];
  const { errors, valid } = checkMessage(xml.replaceAll('><', '>\n<'), { profiles, date });
  assert.equal(valid, false);
  const codes = errors.map(({ code }) => code);
  assert.ok(codes.includes('bank:NO-BATCH') && codes.includes('sct:CHARACTERS'));
  assert.ok(errors.every(({ line, path }) => line > 1 && path.startsWith('/Document/')));
});

test('a message the profile does not know is told so', () => {
  const { errors } = checkMessage(xml, { profiles: [findProfile('sepa-core', date)], date });
  assert.equal(errors[0]?.code, 'not-in-profile');
  assert.match(errors[0]?.fix ?? '', /pain\.008/);
});

test('a cover is known by what it holds, an advice by the service of its header', () => {
  const namespace = 'urn:iso:std:iso:20022:tech:xsd:';
  const body = (inner: string): string =>
    `<Document xmlns="${namespace}pacs.009.001.08"><FICdtTrf><CdtTrfTxInf><PmtId>` +
    `<EndToEndId>/E</EndToEndId></PmtId>${inner}</CdtTrfTxInf></FICdtTrf></Document>`;
  const header = `<AppHdr xmlns="${namespace}head.001.001.02"><BizSvc>swift.cbprplus.adv.03</BizSvc></AppHdr>`;
  const prefixes = (file: string): readonly string[] => {
    const { errors } = checkMessage(file, { profiles: [findProfile('cbpr-plus', date)], date });
    return errors.map(({ code }) => code).filter((code) => code.startsWith('pacs.009'));
  };
  assert.deepEqual(prefixes(body('')), ['pacs.009:R13']);
  assert.deepEqual(prefixes(body('<UndrlygCstmrCdtTrf/>')), ['pacs.009_cov:R15']);
  assert.deepEqual(prefixes(`<m>${header}${body('')}</m>`), ['pacs.009_adv:R20']);
});
