// Shows a QR code as one path, black on white in every theme, because cameras expect that.
import { useMemo } from 'react';
import styles from './QrCode.module.css';
import { qrModules } from './qr.ts';

/** Light modules around the code, as the standard asks. */
const quiet = 4;

export function QrCode(props: { text: string; label: string }) {
  const { side, path } = useMemo(() => {
    const rows = qrModules(props.text);
    const squares = rows.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])),
    );
    return { side: rows.length + 2 * quiet, path: squares.join('') };
  }, [props.text]);
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={props.label}
    >
      <path d={path} shapeRendering="crispEdges" />
    </svg>
  );
}
