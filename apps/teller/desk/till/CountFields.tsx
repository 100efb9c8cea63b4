// Counts notes and coins of several currencies, one grid in sight at a time; blind, so nothing is expected.
import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
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
  return (
    <div className={styles.stack}>
      {currencies.length > 1 ? (
        <div className={styles.tabs}>
          {currencies.map((code) => (
            <Button
              key={code}
              kind={code === currency ? 'main' : 'plain'}
              onPress={() => setShown(code)}
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
