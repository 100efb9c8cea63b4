// Makes one string of equal ones, so that tables find a tag by its place in memory and not letter by letter.

/** The same text as the engine's one copy of it: the name of a property is kept once. */
export function oneString(text: string): string {
  return Object.keys({ [text]: null })[0] as string;
}
