// The report of a translation: every character dropped, cut or replaced, and everything filled in.

/** One loss. Codes are Swift's translator codes where Swift has one. */
export interface Loss {
  /**
   * T0000T cut, T0000R characters replaced, T13003 33B filled from the settled amount, or
   * "dropped".
   */
  readonly code: string;
  /** Path or field the value comes from. */
  readonly from: string;
  /** Field or path it goes to, "" when it goes nowhere. */
  readonly to: string;
  readonly before: string;
  readonly after: string;
  /** One sentence for the teller. */
  readonly message: string;
}

export interface LossReport {
  readonly losses: readonly Loss[];
  cut(from: string, to: string, before: string, after: string): void;
  replaced(from: string, to: string, before: string, after: string): void;
  dropped(from: string, before: string): void;
  filled(code: string, to: string, after: string, message: string): void;
}

/** An empty report. */
export function createReport(): LossReport {
  const losses: Loss[] = [];
  const add = (loss: Loss) => void losses.push(Object.freeze(loss));
  return Object.freeze({
    losses,
    cut: (from: string, to: string, before: string, after: string) => {
      const lost = before.length - after.length + (after.endsWith('+') ? 1 : 0);
      const message = `${to} holds less than ${from}: ${lost} characters of "${before}" are cut.`;
      add({ code: 'T0000T', from, to, before, after, message });
    },
    replaced: (from: string, to: string, before: string, after: string) => {
      const message = `"${before}" has characters ${to} cannot carry: it becomes "${after}".`;
      add({ code: 'T0000R', from, to, before, after, message });
    },
    dropped: (from: string, before: string) => {
      const message = `"${before}" (${from}) has no place in the other message and is left out.`;
      add({ code: 'dropped', from, to: '', before, after: '', message });
    },
    filled: (code: string, to: string, after: string, message: string) =>
      add({ code, from: '', to, before: '', after, message }),
  });
}
