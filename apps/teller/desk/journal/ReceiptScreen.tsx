// Shows the receipt of what was just posted where the teller came from another screen than the first.
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { Waiting } from '../../parts/Notice.tsx';
import { formatAccount } from '../../parts/words.ts';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Halves, Panel } from '../Screen.tsx';
import styles from './journal.module.css';
import { Receipt } from './Receipt.tsx';

export function ReceiptScreen(props: { journal: number }) {
  const { journal } = props;
  const back = useScreens((screens) => screens.back);
  return (
    <Halves
      left={
        <Panel title="Posted">
          <What journal={journal} />
          <div className={styles.actions}>
            <Button chord="Escape" onPress={back}>
              Back
            </Button>
          </div>
        </Panel>
      }
      right={
        <Panel title="Receipt">
          <Receipt journal={journal} />
        </Panel>
      }
    />
  );
}

function What(props: { journal: number }) {
  const reading = useQuery('journal.get', { journal: props.journal });
  const { data } = reading;
  if (!data) return <Waiting for={reading} what="the journal" />;
  return (
    <>
      <p>
        <strong>{data.what}</strong>
      </p>
      <p>
        {`${formatAccount(data.account)} ${data.name} `}
        <Money minor={data.amountMinor} currency={data.currency} />
      </p>
    </>
  );
}
