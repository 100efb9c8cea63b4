// Knows every key that does something: by layer, without conflicts, and listed for whoever presses `?`.

export interface Hotkey {
  /** `F2`, `Escape`, `A`, `Ctrl+Enter`, `Alt+J`: modifiers in the order Ctrl, Alt, Shift, then the key. */
  readonly chord: string;
  /** What it does, in two or three words, as the key line and the list of keys show it. */
  readonly what: string;
  run(): void;
}

export interface Layer {
  /** What the list of keys calls it. */
  readonly title: string;
  /** A modal layer (a dialog) hides every layer under it but the lasting ones. */
  readonly isModal?: boolean;
  /** A lasting layer is heard under a dialog too: help and lock. */
  readonly isLasting?: boolean;
  readonly keys: readonly Hotkey[];
}

export interface Hotkeys {
  /** Puts a layer on top; returns a function that takes it away. A chord already in force is our mistake. */
  add(layer: Layer): () => void;
  /** Runs what the chord stands for in the topmost layer that knows it; false when none does. */
  press(chord: string): boolean;
  /** The layers in force, topmost first. */
  layers(): readonly Layer[];
  /** The layers under the topmost dialog: what is in force again once it closes. */
  layersBelow(): readonly Layer[];
  /** Calls the listener when layers come or go. */
  watch(listener: () => void): () => void;
}

interface KeyLike {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The chord of a key event, or undefined for a modifier alone. */
export function chordOf(event: KeyLike): string | undefined {
  if (event.metaKey || ['Control', 'Alt', 'Shift', 'Meta'].includes(event.key)) return undefined;
  const isLetter = /^[a-z]$/i.test(event.key);
  const isSign = event.key.length === 1 && !isLetter;
  const parts = [
    event.ctrlKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && !isSign ? 'Shift' : '',
    isLetter ? event.key.toUpperCase() : event.key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Whether the chord is a plain sign that belongs to whatever field is being typed in. */
export function isTyping(chord: string): boolean {
  return chord.length === 1 || /^Shift\+.$/.test(chord);
}

function assertNoConflict(existing: readonly Layer[], layer: Layer): void {
  const taken = new Map(
    existing.flatMap((each) => each.keys.map((key) => [key.chord, each.title])),
  );
  for (const key of layer.keys) {
    const holder = taken.get(key.chord);
    if (holder) throw new Error(`${key.chord} of ${layer.title} is taken by ${holder}`);
    taken.set(key.chord, layer.title);
  }
}

export function createHotkeys(): Hotkeys {
  let all: readonly Layer[] = [];
  let inForce: readonly Layer[] = [];
  let below: readonly Layer[] = [];
  const watchers = new Set<() => void>();

  const reaching = (layers: readonly Layer[]): readonly Layer[] => {
    const modal = layers.findLastIndex((layer) => layer.isModal);
    return layers.filter((layer, index) => index >= modal || layer.isLasting).toReversed();
  };

  const change = (next: readonly Layer[]): void => {
    all = next;
    const modal = all.findLastIndex((layer) => layer.isModal);
    inForce = reaching(all);
    below = reaching(modal < 0 ? all : all.slice(0, modal));
    for (const watcher of [...watchers]) watcher();
  };

  return Object.freeze({
    add(layer: Layer) {
      assertNoConflict(layer.isModal ? all.filter((each) => each.isLasting) : inForce, layer);
      change([...all, layer]);
      return () => change(all.filter((each) => each !== layer));
    },
    press(chord: string) {
      for (const layer of inForce) {
        const key = layer.keys.find((each) => each.chord === chord);
        if (!key) continue;
        key.run();
        return true;
      }
      return false;
    },
    layers: () => inForce,
    layersBelow: () => below,
    watch(listener: () => void) {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  });
}
