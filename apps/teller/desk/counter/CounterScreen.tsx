// Opens the form of a counter task.
import type { CounterTask, Preset } from '../../state/screens.ts';
import { BasketScreen } from './BasketScreen.tsx';
import { CorrectionScreen } from './CorrectionScreen.tsx';
import { ExchangeScreen } from './ExchangeScreen.tsx';
import { ItemScreen } from './ItemScreen.tsx';

export function CounterScreen(props: { task: CounterTask; preset: Preset }) {
  const { task, preset } = props;
  if (preset.corrects !== undefined) return <CorrectionScreen journal={preset.corrects} />;
  switch (task) {
    case 'basket':
      return <BasketScreen preset={preset} />;
    case 'cash.exchange':
      return <ExchangeScreen preset={preset} />;
    default:
      return <ItemScreen task={task} preset={preset} />;
  }
}
