// Turns offsets of a passing buffer into lines and columns, counting each line once.

/** Line and column, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface PlaceCounter {
  /** Tells that `buffer` is dropped up to `end`. */
  discard(buffer: string, end: number): void;
  at(buffer: string, offset: number): Place;
}

/** A counter at the start of a document. Asked in order, it counts every character once. */
export function createPlace(): PlaceCounter {
  let line = 1;
  /** Offset at which the current line starts; negative when it started in a dropped buffer. */
  let start = 0;
  let counted = 0;
  const at = (buffer: string, offset: number): Place => {
    let from = counted;
    let lines = line;
    let lineStart = start;
    if (offset < counted) return countAgain(buffer, offset, { line, start });
    for (;;) {
      const next = buffer.indexOf('\n', from);
      if (next < 0 || next >= offset) break;
      lines += 1;
      from = next + 1;
      lineStart = from;
    }
    line = lines;
    start = lineStart;
    counted = offset;
    return { line, column: offset - start + 1 };
  };
  return Object.freeze({
    discard(buffer: string, end: number) {
      at(buffer, end);
      start -= end;
      counted = 0;
    },
    at,
  });
}

/** The place of an offset before the last one asked for, counted back from there. */
function countAgain(
  buffer: string,
  offset: number,
  last: { readonly line: number; readonly start: number },
): Place {
  let { line, start } = last;
  while (start > offset) {
    line -= 1;
    start = buffer.lastIndexOf('\n', start - 2) + 1;
  }
  return { line, column: offset - start + 1 };
}
