// What the line in the command bar would do, while it is typed: the same answer its form shows after Enter.
import type { Screen } from '../../state/screens.ts';
import { ItemOutlook, presetItem } from './ItemScreen.tsx';
import { useItem } from './useItem.ts';
import { usePreview } from './usePreview.ts';

export type ComingItem = Extract<Screen, { name: 'counter' }>;

/** The posting the screen holds, or null where it is none that an account and an amount describe. */
export function comingItem(screen: Screen | null): ComingItem | null {
  if (screen?.name !== 'counter' || screen.preset.corrects !== undefined) return null;
  const isItem = screen.task !== 'basket' && screen.task !== 'cash.exchange';
  return isItem && screen.preset.account !== undefined ? screen : null;
}

export function Coming(props: { screen: ComingItem }) {
  const { task, preset } = props.screen;
  if (task === 'basket' || task === 'cash.exchange') return null;
  return <Outlook form={presetItem(task, preset)} />;
}

function Outlook(props: { form: ReturnType<typeof presetItem> }) {
  const item = useItem(props.form);
  const previewed = usePreview(item.draft);
  return <ItemOutlook item={item} previewed={previewed} />;
}
