// Puts a component's keys in force while it is on the screen, and listens to the keyboard for all of them.
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import {
  chordOf,
  createHotkeys,
  type Hotkey,
  type Hotkeys,
  isTyping,
  type Layer,
} from './hotkeys.ts';

const HotkeyContext = createContext<Hotkeys | null>(null);

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Keys the browser would otherwise take for itself, whether or not we use them on this screen. */
const browserKeys = /^(F1|F3|F5|F6|F7|F10)$/;

/** Listens once for the whole window; a letter pressed in a field belongs to the field. */
export function HotkeyProvider(props: { children: ReactNode }) {
  const [hotkeys] = useState(createHotkeys);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const chord = chordOf(event);
      if (!chord || event.defaultPrevented || event.isComposing) return;
      if (isTyping(chord) && isTextField(event.target)) return;
      if (hotkeys.press(chord) || browserKeys.test(chord)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [hotkeys]);
  return <HotkeyContext value={hotkeys}>{props.children}</HotkeyContext>;
}

export function useHotkeyRegistry(): Hotkeys {
  const hotkeys = useContext(HotkeyContext);
  if (!hotkeys) throw new Error('a key is wanted outside the hotkey provider');
  return hotkeys;
}

export interface LayerOptions extends Pick<Layer, 'isModal' | 'isLasting'> {
  /** Takes the keys out of force without taking the component away. */
  readonly isOff?: boolean;
}

/** Puts the keys in force while the component is mounted; what they run may change from drawing to drawing. */
export function useHotkeys(
  title: string,
  keys: readonly Hotkey[],
  options: LayerOptions = {},
): void {
  const hotkeys = useHotkeyRegistry();
  const newest = useRef(keys);
  useEffect(() => {
    newest.current = keys;
  });
  const names = JSON.stringify(keys.map((key) => [key.chord, key.what]));
  const { isModal = false, isLasting = false, isOff = false } = options;
  useEffect(() => {
    if (isOff) return;
    const listed = (JSON.parse(names) as [string, string][]).map(([chord, what], index) => ({
      chord,
      what,
      run: () => newest.current[index]?.run(),
    }));
    return hotkeys.add({ title, isModal, isLasting, keys: listed });
  }, [hotkeys, title, names, isModal, isLasting, isOff]);
}

/** The layers in force, topmost first, for the key line. */
export function useLayers(): readonly Layer[] {
  const hotkeys = useHotkeyRegistry();
  return useSyncExternalStore(hotkeys.watch, hotkeys.layers);
}

/** The layers under the dialog that asks, for the list of keys. */
export function useLayersBelow(): readonly Layer[] {
  const hotkeys = useHotkeyRegistry();
  return useSyncExternalStore(hotkeys.watch, hotkeys.layersBelow);
}
