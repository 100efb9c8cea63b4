// The name on the door: the product, and the bank whose workstation this is.
import styles from './Brand.module.css';

export function Brand(props: { bank?: string | null; branch?: string }) {
  return (
    <div className={styles.brand}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <rect x="1" y="1" width="18" height="18" rx="2" className={styles.mark} />
        <path d="M5 13V7h10v6M5 10h10M10 7v6" className={styles.lines} />
      </svg>
      <h1>QENEX Teller</h1>
      {props.bank ? <span>{[props.bank, props.branch].filter(Boolean).join(', ')}</span> : null}
    </div>
  );
}
