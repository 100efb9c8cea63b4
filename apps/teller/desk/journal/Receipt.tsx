// A receipt on the screen as it is printed, with the code by which anybody can have it verified.
import { useEffect } from 'react';
import type { ReceiptView } from '#contract/journals.ts';
import { formatAmount } from '#contract/money.ts';
import { Button } from '../../parts/Button.tsx';
import { Waiting } from '../../parts/Notice.tsx';
import { QrCode } from '../../parts/QrCode.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { download } from '../../state/download.ts';
import { useStation } from '../../state/station.tsx';
import { useQuery } from '../../state/useQuery.ts';
import styles from './Receipt.module.css';

/** Only the receipt is on the paper: the rest of the page is left out by the print style. */
function print(): void {
  window.print();
}

export function Receipt(props: { journal: number }) {
  const { journal } = props;
  const { queries } = useStation();
  const reading = useQuery('receipt.get', { journal });
  const save = async (): Promise<void> => {
    const { name, base64 } = await queries.fetch('receipt.pdf', { journal });
    download(name, base64, 'application/pdf');
  };
  useHotkeys('Receipt', [
    { chord: 'Ctrl+P', what: 'print the receipt', run: print },
    { chord: 'Ctrl+S', what: 'keep the receipt as PDF', run: () => void save() },
  ]);
  if (!reading.data) return <Waiting for={reading} what="the receipt" />;
  return (
    <div className={styles.place}>
      <Slip receipt={reading.data} />
      <div className={styles.actions}>
        <Button chord="Ctrl+P" onPress={print}>
          Print
        </Button>
        <Button chord="Ctrl+S" onPress={() => void save()}>
          PDF
        </Button>
      </div>
    </div>
  );
}

function Slip(props: { receipt: ReceiptView }) {
  const { receipt } = props;
  useEffect(() => {
    document.documentElement.dataset.printing = 'receipt';
    return () => {
      delete document.documentElement.dataset.printing;
    };
  }, []);
  return (
    <article className={styles.slip} aria-label={`Receipt ${receipt.code}`} data-print="receipt">
      <header>
        <strong>{receipt.bank}</strong>
        <span>{receipt.branch}</span>
        {receipt.demonstration ? <span>demonstration, no money moved</span> : null}
      </header>
      <h3>{receipt.title}</h3>
      <dl>
        {receipt.lines.map((line) => (
          <div key={`${line.label}${line.text}`}>
            <dt>{line.label}</dt>
            <dd>{line.text}</dd>
          </div>
        ))}
      </dl>
      <footer>
        <QrCode text={receipt.code} label={`Code ${receipt.code}`} />
        <div>
          <p>{`no. ${receipt.journal}`}</p>
          <p className={styles.code}>{receipt.code}</p>
        </div>
      </footer>
    </article>
  );
}

/** A face value without the decimals nobody says. */
export function faceText(face: string, currency: string): string {
  return formatAmount(face, currency).replace(/\.0+$/, '');
}
