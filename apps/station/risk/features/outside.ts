// Knows accounts at other banks by what this branch has paid them, so that a payment out has a payee like a transfer.
import { addOutside, type FeatureState, outsideFrom } from './state.ts';

/** Payees at other banks, by their IBAN as the log writes it. */
export interface Outside {
  /** Number of the payee, or that of whoever was never paid from here. Changes nothing. */
  idOf(iban: string): number;
  /** Number of a payee that is being paid now: known from this moment on. */
  meet(iban: string, seen: { readonly at: number; readonly currency: string }): number;
}

const plain = (iban: string): string => iban.replaceAll(/\s/g, '').toUpperCase();

/** The first number of the outside stands for every payee that was never paid: opened now, never moved. */
export const neverPaid = outsideFrom;

export function createOutside(state: FeatureState): Outside {
  const known = new Map<string, number>();
  addOutside(state, {
    ...{ id: neverPaid, scale: 1, currency: '', openedAt: Number.NaN, customer: 0 },
  });
  return Object.freeze({
    idOf: (iban: string) => known.get(plain(iban)) ?? neverPaid,
    meet(iban: string, { at, currency }: { readonly at: number; readonly currency: string }) {
      const there = known.get(plain(iban));
      if (there !== undefined) return there;
      const id = neverPaid + 1 + known.size;
      known.set(plain(iban), id);
      addOutside(state, { id, scale: 1, currency, openedAt: at, customer: 0 });
      return id;
    },
  });
}
