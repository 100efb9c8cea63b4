// Shows which key does it, beside the word for what it does.
import styles from './Key.module.css';

const shown: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

export function Key(props: { chord: string }) {
  const text = props.chord
    .split('+')
    .map((part) => shown[part] ?? part)
    .join('+');
  return <kbd className={styles.key}>{text}</kbd>;
}
