// Counts notes and coins of several currencies, one grid in sight at a time; blind, so nothing is expected.
import { useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import type { TypedCounts } from './counts.ts';
import styles from './till.module.css';

export interface CountFieldsProps {
  readonly currencies: readonly string[];
  readonly value: TypedCounts;
  readonly onChange: (value: TypedCounts) => void;
  readonly error?: string | undefined;
}

export function CountFields(props: CountFieldsProps) {
  const { currencies, value, onChange, error } = props;
  const [shown, setShown] = useState(currencies[0] ?? 'EUR');
  const currency = currencies.includes(shown) ? shown : (currencies[0] ?? 'EUR');
  const place = useRef<HTMLDivElement>(null);
  const show = (code: string): void => {
    setShown(code);
    requestAnimationFrame(() => place.current?.querySelector('input')?.focus());
  };
  useHotkeys(
    'Currencies',
    currencies.slice(0, 9).map((code, index) => ({
      chord: `Alt+${index + 1}`,
      what: `count ${code}`,
      run: () => show(code),
    })),
    { isOff: currencies.length < 2 },
  );
  return (
    <div className={styles.stack} ref={place}>
      {currencies.length > 1 ? (
        <div className={styles.tabs}>
          {currencies.map((code, index) => (
            <Button
              key={code}
              chord={`Alt+${index + 1}`}
              kind={code === currency ? 'main' : 'plain'}
              onPress={() => show(code)}
            >
              {code}
            </Button>
          ))}
        </div>
      ) : null}
      <DenominationInput
        key={currency}
        label={`Counted in ${currency}`}
        currency={currency}
        value={value[currency] ?? {}}
        onChange={(pieces) => onChange({ ...value, [currency]: pieces })}
        amountMinor={null}
        error={error}
      />
    </div>
  );
}
