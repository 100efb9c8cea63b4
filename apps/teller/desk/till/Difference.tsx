// What a count found against what should be there, and where the difference most likely comes from.

import { formatAmount } from '#contract/money.ts';
import type { CountResult } from '#contract/tills.ts';
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { useScreens } from '../../state/screens.ts';
import styles from './till.module.css';

type Line = CountResult['differences'][number];

export function Difference(props: { result: CountResult }) {
  return props.result.differences
    .filter((line) => BigInt(line.differenceMinor) !== 0n)
    .map((line) => <DifferenceLine key={line.currency} line={line} />);
}

function DifferenceLine(props: { line: Line }) {
  const { currency, expectedMinor, countedMinor, differenceMinor, causes } = props.line;
  const open = useScreens((screens) => screens.open);
  const difference = BigInt(differenceMinor);
  const word = difference > 0n ? 'over' : 'short';
  return (
    <section className={styles.stack}>
      <Notice tone="red" isLoud>
        <strong>
          {`${word} `}
          {/* The word is the sign: nobody says "short minus five". */}
          <Money minor={difference > 0n ? difference : -difference} currency={currency} />
        </strong>
        {`: counted ${formatAmount(countedMinor, currency)}, expected ${formatAmount(expectedMinor, currency)}`}
      </Notice>
      {causes.length > 0 ? <h3 className={styles.dim}>Likely, the first most of all</h3> : null}
      <ol className={styles.causes}>
        {causes.map((cause, index) => (
          <li key={`${cause.cause}${cause.message}`}>
            <span className={styles.dim}>{index + 1}</span>
            <span>{cause.message}</span>
            {cause.journal === null ? null : (
              <Button
                kind="quiet"
                onPress={() => open({ name: 'journal', journal: Number(cause.journal) })}
              >
                {`no. ${cause.journal}`}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
