// Knows when enough of a name is typed to look for it: two signs, or one where one sign is a word.

/** Chinese, Japanese and Korean signs: a surname is often one of them. */
const wordSign = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Whether the text, without blanks around it, is enough to search customers by. */
export function isSearchable(text: string): boolean {
  const typed = text.trim();
  return typed.length > 1 || wordSign.test(typed);
}
