// Proves that the command bar reads what tellers type, says where it is wrong, and never throws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountNumberOf, formatAccountNumber } from './account-number.ts';
import { type CommandFields, parseCommandLine } from './command-line.ts';
import { elsewhere, words } from './command-words.ts';

const one = accountNumberOf(1_234_567);
const two = accountNumberOf(7_654_321);
const grouped = formatAccountNumber(one);

function fieldsOf(line: string): CommandFields {
  const command = parseCommandLine(line);
  assert.deepEqual(command.errors, [], line);
  return command.fields;
}

test('a deposit is read from one line', () => {
  const fields = { account: one, amountText: '250' };
  for (const line of [
    `d ${one} 250`,
    `d ${grouped} 250`,
    `  D   ${grouped}   250 `,
    `1401 ${one} 250`,
    `deposit ${one} 250`,
  ]) {
    const command = parseCommandLine(line);
    assert.deepEqual(fieldsOf(line), fields, line);
    assert.equal(command.task, 'cash.deposit');
    assert.equal(command.verb, 'd');
    assert.equal(command.expects, null);
  }
});

test('amounts come with separators and a currency', () => {
  const amountOf = (rest: string) => {
    const { amountText, currency, narrative } = fieldsOf(`w ${one} ${rest}`);
    return [amountText, currency, narrative];
  };
  assert.deepEqual(amountOf('1,250.00'), ['1,250.00', undefined, undefined]);
  assert.deepEqual(amountOf('1 250,00'), ['1 250,00', undefined, undefined]);
  assert.deepEqual(amountOf('1 250 EUR'), ['1 250', 'EUR', undefined]);
  assert.deepEqual(amountOf('250 usd rent'), ['250', 'USD', 'rent']);
  assert.deepEqual(amountOf('250eur'), ['250', 'EUR', undefined]);
  assert.deepEqual(amountOf('250 all of it'), ['250', undefined, 'all of it']);
  assert.deepEqual(amountOf('100 123 rent'), ['100', undefined, '123 rent']);
  assert.deepEqual(amountOf('1.250'), ['1.250', undefined, undefined]);
});

test('a transfer has two accounts, an amount and a text', () => {
  const command = parseCommandLine(`t ${grouped} ${formatAccountNumber(two)} 100 Monthly savings`);
  assert.deepEqual(command.errors, []);
  assert.equal(command.task, 'transfer');
  assert.deepEqual(command.fields, {
    from: one,
    to: two,
    amountText: '100',
    narrative: 'Monthly savings',
  });
  assert.equal(parseCommandLine(`0006 ${one}`).expects, 'to');
  assert.equal(parseCommandLine('HTM').expects, 'from');
});

test('what is still missing is named, and half an account is no error', () => {
  assert.equal(parseCommandLine('d ').expects, 'account');
  assert.equal(parseCommandLine('d 1234').expects, 'account');
  // The second group is still being typed; with a blank or more behind it, it is too short.
  assert.equal(parseCommandLine('d 1234 56').expects, 'account');
  assert.deepEqual(parseCommandLine('d 1234 56').errors, []);
  assert.match(parseCommandLine('d 1234 56 ').errors[0]?.message ?? '', /too short/);
  assert.match(parseCommandLine('d 1234 567 250').errors[0]?.message ?? '', /too short/);
  assert.equal(parseCommandLine(`d ${one}`).expects, 'amountText');
  assert.equal(parseCommandLine('r').expects, 'journal');
  for (const none of ['0', '#0', '1e3', '-5', '9007199254740993', '12a']) {
    const command = parseCommandLine(`r ${none}`);
    assert.equal(command.errors[0]?.field, 'journal', none);
    assert.equal(command.fields.journal, undefined, none);
  }
  assert.equal(parseCommandLine('v+').expects, null);
});

test('an error stands where it was typed', () => {
  const wrong = `${one.slice(0, 7)}${(Number(one[7]) + 1) % 10}`;
  const digit = parseCommandLine(`d ${wrong} 250`).errors[0];
  assert.deepEqual([digit?.at, digit?.length, digit?.field], [2, 8, 'account']);
  const amount = parseCommandLine(`d ${one} 2x0`).errors[0];
  assert.deepEqual([amount?.at, amount?.length, amount?.field], [11, 3, 'amountText']);
  assert.equal(parseCommandLine(`d ${one} -5`).errors[0]?.field, 'amountText');
  assert.equal(parseCommandLine(`d ${one} 0`).errors[0]?.field, 'amountText');
  assert.equal(parseCommandLine('d 123 250').errors[0]?.field, 'account');
  assert.equal(parseCommandLine('r x1').errors[0]?.field, 'journal');
  assert.equal(parseCommandLine('till now').errors[0]?.at, 5);
  assert.equal(parseCommandLine(`d ${one} 250.005 EUR`).errors[0]?.field, 'amountText');
  assert.deepEqual(parseCommandLine(`d ${one} 2.505`).errors, []);
});

test('the codes of other systems lead to the same tasks and screens', () => {
  const cases: [string, string][] = [
    ['1001', 'cash.withdrawal'],
    ['dnex', 'cash.exchange'],
    ['9007', 'vault.buy'],
    ['9008', 'vault.sell'],
    ['6005', 'journal'],
    ['9001', 'till.open'],
    ['9002', 'till.close'],
    ['7001', 'day'],
    ['HSCOD', 'day'],
    [`HACLINQ ${one}`, 'statement'],
    ['TVQR', 'till'],
    ['1403', 'basket'],
    ['?', 'keys'],
    ['j', 'journal'],
    ['v-', 'vault.sell'],
  ];
  for (const [line, expected] of cases) {
    const command = parseCommandLine(line);
    assert.equal(command.task ?? command.screen, expected, line);
  }
  const cheque = parseCommandLine('1010');
  assert.equal(cheque.kind, 'unavailable');
  assert.match(cheque.errors[0]?.message ?? '', /banker's cheque/);
});

test('s with a name looks for the customer, a with a number names the request', () => {
  assert.deepEqual(parseCommandLine('s keller').fields, { query: 'keller' });
  assert.equal(parseCommandLine('s keller marta').kind, 'search');
  assert.equal(parseCommandLine('S 千代').fields.query, '千代');
  assert.equal(parseCommandLine('s TRANSITEUR').fields.account, 'TRANSITEUR');
  assert.equal(parseCommandLine('s 12').kind, 'screen');
  assert.deepEqual(parseCommandLine('a 14968').fields, { approval: 14_968 });
  assert.equal(parseCommandLine('a').errors.length, 0);
  assert.match(parseCommandLine('a x1').errors[0]?.message ?? '', /no approval number/);
});

test('an account alone opens its statement, anything else looks for a customer', () => {
  assert.deepEqual(parseCommandLine(grouped).fields, { account: one });
  assert.equal(parseCommandLine(one).screen, 'statement');
  assert.deepEqual(parseCommandLine('marta keller').fields, { query: 'marta keller' });
  assert.deepEqual(parseCommandLine('c Müller 東京').fields, { query: 'Müller 東京' });
  // An account whose first half is a function code is still that account.
  const clash = Array.from({ length: 1000 }, (_, index) => accountNumberOf(1_401_000 + index));
  for (const number of clash) {
    assert.deepEqual(parseCommandLine(formatAccountNumber(number)).fields, { account: number });
  }
});

test('completions help with the first word only', () => {
  const labels = parseCommandLine('cl').completions.map(({ line }) => line);
  assert.deepEqual(labels, ['close']);
  assert.deepEqual(parseCommandLine('d ').completions, []);
  assert.ok(parseCommandLine('v').completions.some(({ line }) => line === 'v+ '));
});

test('no form means two things', () => {
  const forms = words.flatMap((word) => [word.verb, ...word.aliases]);
  assert.equal(new Set(forms).size, forms.length);
  for (const form of forms) {
    assert.equal(form, form.toLowerCase());
    assert.ok(!elsewhere.has(form), form);
  }
});

test('property: any line is read without throwing, errors lie inside it', () => {
  const pieces = fc.constantFrom(
    ...words.map(({ verb }) => verb),
    one,
    grouped,
    '1,2',
    'EUR',
    '%',
    '9',
  );
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(line, (text) => {
      const command = parseCommandLine(text);
      for (const { at, length, message } of command.errors) {
        assert.ok(at >= 0 && length > 0 && at + length <= text.length && message !== '');
      }
      assert.equal(command.kind === 'empty', text.trim() === '');
    }),
  );
});

test('property: what a screen writes is read back', () => {
  const serial = fc.integer({ min: 1_000_000, max: 9_999_999 });
  fc.assert(
    fc.property(serial, serial, fc.integer({ min: 1, max: 10_000_000 }), (from, to, cents) => {
      const amountText = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      const [source, target] = [accountNumberOf(from), accountNumberOf(to)];
      const line = `t ${formatAccountNumber(source)} ${target} ${amountText} EUR rent`;
      assert.deepEqual(fieldsOf(line), {
        from: source,
        to: target,
        amountText,
        currency: 'EUR',
        narrative: 'rent',
      });
    }),
  );
});

test('a payment takes an IBAN in one piece or in groups, and leaves the amount alone', () => {
  const wanted = { from: '10000295', to: 'FR1420041010050500013M02606', amountText: '600' };
  const lines = [
    'p 1000 0295 FR1420041010050500013M02606 600',
    'p 10000295 fr14 2004 1010 0505 0001 3M02 606 600',
  ];
  for (const line of lines) {
    const { task, fields, errors } = parseCommandLine(line);
    assert.deepEqual([task, fields, errors], ['payment.outgoing', wanted, []], line);
  }
  const german = parseCommandLine('p 10000295 DE89 3704 0044 0532 0130 00 1200 EUR Rent').fields;
  assert.deepEqual(
    [german.to, german.amountText, german.currency, german.narrative],
    ['DE89370400440532013000', '1200', 'EUR', 'Rent'],
  );
  assert.equal(parseCommandLine('p 10000295').expects, 'to');
  assert.equal(parseCommandLine('p 10000295 FR14 2004').errors.length, 1);
  assert.equal(parseCommandLine('p 10000295 FR142004').expects, 'to');
});
