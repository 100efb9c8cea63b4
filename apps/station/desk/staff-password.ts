// Says which passwords the bank takes: long ones that are on nobody's list (NIST SP 800-63B-4).
import { refuseUnless } from '../bank/refusal.ts';

/** Least number of characters when the password stands alone, and beside a second factor. */
export const passwordLengthAlone = 15;
export const passwordLengthWithFactor = 8;

/** What a password must not be made of, beside the common ones. */
export interface PasswordContext {
  readonly user: string;
  readonly name: string;
  readonly bank: string;
  /** True when a second factor is asked for as well. */
  readonly factor: boolean;
}

/**
 * Passwords and words at the head of every leaked list. What is left of a password without digits and signs
 * is compared with them too, so that `Password2026!` is as common as `password`.
 */
const common = new Set(
  (
    'password passwort motdepasse contrasena contraseña parola senha haslo wachtwoord salasana ' +
    'qwerty qwertyuiop qwertzuiop azertyuiop asdfghjkl asdfghjklö yxcvbnm zxcvbnm qazwsx ' +
    'qazwsxedc qwertyasdf iloveyou ichliebedich princess sunshine football baseball superman ' +
    'batman dragon monkey shadow master michael jennifer welcome willkommen bienvenue letmein ' +
    'trustno access admin administrator administrateur root test tester testtest guest default ' +
    'changeme changeit secret geheim login abc abcdef abcdefg abcdefgh abcd aaa temp temporary ' +
    'hallo hello hallohallo whatever starwars pokemon computer internet samsung google apple ' +
    'summer winter spring autumn sommer herbst fruehling frühling january february march april ' +
    'june july august september october november december januar februar märz mai juni juli ' +
    'oktober dezember monday tuesday wednesday thursday friday saturday sunday montag freitag ' +
    'bank banking teller kasse cashier money geld branch filiale qenex qenexteller mybank ' +
    'correcthorsebatterystaple letmeinplease passwordpassword iloveyouforever'
  ).split(' '),
);

/** Refuses a password that is too short or that an attacker would try first. */
export function checkNewPassword(password: string, context: PasswordContext, field: string): void {
  const length = [...password.normalize('NFKC')].length;
  const least = context.factor ? passwordLengthWithFactor : passwordLengthAlone;
  refuseUnless(
    length >= least,
    'password-short',
    context.factor
      ? `The password has ${length} characters; it needs ${least} or more.`
      : `The password has ${length} characters; without a second factor it needs ${least} or more. A few unrelated words are easiest to remember.`,
    field,
  );
  refuseUnless(
    !isGuessable(password, context),
    'password-common',
    'That password is among the first an attacker would try; choose a few unrelated words.',
    field,
  );
}

/** True for a common password, one made of the person's or the bank's name, a run or a repetition. */
export function isGuessable(password: string, context: PasswordContext): boolean {
  const whole = password.normalize('NFKC').toLowerCase();
  const letters = whole.replace(/[^\p{L}]/gu, '');
  if (common.has(whole) || common.has(letters) || isRun(whole) || isRepetition(whole)) return true;
  const words = [context.user, ...context.name.split(/\s+/), ...context.bank.split(/\s+/)]
    .map((word) => word.toLowerCase().replace(/[^\p{L}]/gu, ''))
    .filter((word) => word.length > 0);
  return withoutWords(letters, words) === '';
}

/** What is left of the letters when every given word is taken out, longest first. */
function withoutWords(letters: string, words: readonly string[]): string {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  return longestFirst.reduce((left, word) => left.replaceAll(word, ''), letters);
}

/** 12345678, abcdefgh, 87654321: each character is the neighbour of the one before, with few breaks. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const breaks = (step: number) =>
    codes.filter((code, index) => index > 0 && code - (codes[index - 1] ?? 0) !== step).length;
  return Math.min(breaks(1), breaks(-1)) <= text.length / 8;
}

/** aaaaaaaa, abcabcabc: one short piece over and over. */
function isRepetition(text: string): boolean {
  return /^(.{1,12}?)\1+.{0,3}$/u.test(text);
}
