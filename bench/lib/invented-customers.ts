// Draws customers with names as a branch knows them, in several scripts, the same row every run.
import type { CustomerDetails } from '#contract/customers.ts';

const given =
  'Anna Marta Jonas Ben Chloé Jürgen Søren Łukasz Дмитрий Юлия Алексей محمد أحمد فاطمة Γεώργιος Ελένη 太郎 花子 Maria José Nguyễn Amélie Zoë Björn Åsa İbrahim Ayşe Paweł Giulia Luca'.split(
    ' ',
  );
const first = 'K M S B Sch W H L R T F G D N P V Z Br Kr St'.split(' ');
const middle = 'ell ull eb ein aum off au itt ank osen ahn ist erg and ohr üll öff ir'.split(' ');
const end = 'er mann ke s hardt ing sen ski ova ez in e'.split(' ');
let state = 42;
/** A number from 0 to below `below`, the same row every run. */
function draw(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const pick = (list: readonly string[]) => list[draw(list.length)] ?? '';

/** The customer of this number, drawn in the order of the calls. */
export function inventedCustomer(number: number): CustomerDetails {
  return {
    kind: 'person',
    givenName: pick(given),
    familyName: `${pick(first)}${pick(middle)}${pick(end)}`,
    birthDate: `19${30 + draw(70)}-0${1 + draw(9)}-1${draw(10)}`,
    nationality: 'DE',
    address: { townName: 'Riverside', country: 'DE' },
    phones: [`+49 30 ${1_000_000 + draw(8_999_999)}`],
    documents: [{ kind: 'passport', number: `C${number}X${draw(1000)}`, country: 'DE' }],
    riskClass: 'normal',
  };
}
