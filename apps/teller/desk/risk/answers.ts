// Keeps what the customer answered to the two questions until the posting they belong to is sent.
import { create } from 'zustand';
import type { RiskAnswers } from '#contract/risk.ts';

interface Asked {
  /** What was chosen so far. */
  readonly chosen: Partial<RiskAnswers>;
  choose(field: keyof RiskAnswers, value: string): void;
  clear(): void;
}

export const useRiskAnswers = create<Asked>()((set) => ({
  chosen: {},
  choose: (field, value) => set(({ chosen }) => ({ chosen: { ...chosen, [field]: value } })),
  clear: () => set({ chosen: {} }),
}));

/** Both answers, where both were given; what goes with the posting. */
export function answersOf(chosen: Partial<RiskAnswers>): { answers?: RiskAnswers } {
  const { purpose, relation } = chosen;
  return purpose && relation ? { answers: { purpose, relation } } : {};
}
