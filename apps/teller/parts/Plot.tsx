// Draws a small plot as SVG: a curve, bars by day, or shares, each with its figures in words for who cannot see it.
import { classes } from './classes.ts';
import styles from './Plot.module.css';
import { barsOf, curveOf, type Point } from './plot.ts';

const width = 240;
const height = 108;

interface Common {
  /** What the plot says in one sentence; read out and shown below. */
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
}

function Frame(props: Common & { children: React.ReactNode }) {
  return (
    <figure className={styles.plot}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.caption}>
        <path className={styles.axis} d={`M 22 16 V ${height - 16} H ${width - 4}`} />
        <text className={styles.label} x={width - 4} y={height - 3} textAnchor="end">
          {props.xLabel}
        </text>
        <text className={styles.label} x={0} y={9}>
          {props.yLabel}
        </text>
        {props.children}
      </svg>
      <figcaption className={styles.caption}>{props.caption}</figcaption>
    </figure>
  );
}

const box = { left: 22, top: 16, right: width - 4, bottom: height - 16 };

/** A curve of points between 0 and 1; with the diagonal where perfection lies on it. */
export function CurvePlot(props: Common & { points: readonly Point[]; hasDiagonal?: boolean }) {
  return (
    <Frame {...props}>
      {props.hasDiagonal ? (
        <path
          className={styles.guide}
          d={curveOf(
            [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
            box,
          )}
        />
      ) : null}
      <path className={styles.curve} d={curveOf(props.points, box)} />
      {props.points.map((point) => {
        const [x, y] = curveOf([point], box).slice(2).split(' ').map(Number);
        return (
          <circle key={`${point.x} ${point.y}`} className={styles.dot} cx={x} cy={y} r={1.6} />
        );
      })}
    </Frame>
  );
}

/** Two bars a slot, the second within the first: how many, and how many of them. */
export function DayPlot(
  props: Common & {
    days: readonly { readonly label: string; readonly all: number; readonly part: number }[];
  },
) {
  const bars = barsOf(props.days, box);
  return (
    <Frame {...props}>
      {bars.map((bar) => (
        <g key={bar.label}>
          <rect className={styles.bar} x={bar.x} y={bar.y} width={bar.width} height={bar.height} />
          <rect
            className={styles.part}
            x={bar.x}
            y={bar.partY}
            width={bar.width}
            height={bar.partHeight}
          />
        </g>
      ))}
    </Frame>
  );
}

/** Shares as bars with their names, largest first. */
export function ShareBars(props: {
  label: string;
  shares: readonly { readonly name: string; readonly share: number; readonly text: string }[];
  isWarning?: (name: string) => boolean;
}) {
  const most = Math.max(...props.shares.map(({ share }) => share), 1e-9);
  return (
    <ul className={styles.shares} aria-label={props.label}>
      {props.shares.map(({ name, share, text }) => (
        <li key={name}>
          <span className={styles.name}>{name}</span>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect
              className={classes(styles.part, props.isWarning?.(name) && styles.warning)}
              x="0"
              y="0"
              width={(share / most) * 100}
              height="8"
            />
          </svg>
          <span className={styles.figure}>{text}</span>
        </li>
      ))}
    </ul>
  );
}
