// Remembers what was done last at this window, so that it can be read, printed and believed.
import { create } from 'zustand';
import { onResetForms } from './forms.ts';

export type Done =
  | { readonly state: 'posted'; readonly title: string; readonly journal: number }
  | { readonly state: 'parked'; readonly title: string; readonly approval: number }
  | { readonly state: 'done'; readonly title: string };

interface Last {
  readonly done: Done | null;
  say(done: Done): void;
  clear(): void;
}

export const useLast = create<Last>()((set) => ({
  done: null,
  say: (done) => set({ done }),
  clear: () => set({ done: null }),
}));

onResetForms(() => useLast.getState().clear());
