// Remembers what Enter in the command bar would open, so that its consequences stand on the right while it is typed.
import { create } from 'zustand';
import { onResetForms } from './forms.ts';
import type { Screen } from './screens.ts';

interface Coming {
  /** What the line as typed so far opens; null while it opens nothing. */
  readonly screen: Screen | null;
  expect(screen: Screen | null): void;
}

export const useComing = create<Coming>()((set) => ({
  screen: null,
  expect: (screen) => set((now) => (now.screen === screen ? {} : { screen })),
}));

onResetForms(() => useComing.getState().expect(null));
