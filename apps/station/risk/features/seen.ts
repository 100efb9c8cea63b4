// Counts distinct accounts in a small table that is never cleared: a question has a number of its own.

/** Places of a small open table in which accounts are marked: twice as many as are looked at. */
const seenPlaces = 1024;
const seen = new Int32Array(seenPlaces);
/** Which question marked a place last, so that nothing is cleared between two questions. */
const seenBy = new Float64Array(seenPlaces);
let question = 0;

/** Whether the question at hand has not met this account before. */
export function isFirst(account: number): boolean {
  let place = Math.imul(account, 0x9e3779b1) >>> 22;
  while (seenBy[place] === question) {
    if (seen[place] === account) return false;
    place = (place + 1) & (seenPlaces - 1);
  }
  seenBy[place] = question;
  seen[place] = account;
  return true;
}

/** Begins a question: nobody has been met. At most 512 accounts are asked about in one. */
export function nextQuestion(): void {
  question += 1;
}
