// Shows an amount the one way amounts are shown: grouped, with its currency and a true minus.
import { formatAmount } from '#contract/money.ts';
import { classes } from './classes.ts';
import styles from './Money.module.css';

export interface MoneyProps {
  /** Minor units as on the wire, or a bigint. */
  readonly minor: string | bigint;
  readonly currency: string;
  /** `large` for the one amount a screen is about. */
  readonly size?: 'text' | 'large';
  /** Writes a plus before what is not negative: for movements and differences. */
  readonly isSigned?: boolean;
}

export function Money(props: MoneyProps) {
  const { minor, currency, size = 'text', isSigned = false } = props;
  const amount = formatAmount(minor, currency);
  const sign = isSigned && BigInt(minor) > 0n ? '+' : '';
  return (
    <span className={classes(styles.money, size === 'large' && styles.large)}>
      {sign}
      {amount}
      <span className={styles.currency}>{` ${currency}`}</span>
    </span>
  );
}
