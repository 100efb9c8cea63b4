// Turns figures into places on a plot.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The path through points between 0 and 1, in the order of x; "M x y L x y ..."; '' without points. */
export function curveOf(points: readonly Point[], box: Box): string {
  const { left, top, right, bottom } = box;
  return [...points]
    .sort((one, other) => one.x - other.x)
    .map(({ x, y }, index) => {
      const across = round(left + within(x) * (right - left));
      const down = round(bottom - within(y) * (bottom - top));
      return `${index === 0 ? 'M' : 'L'} ${across} ${down}`;
    })
    .join(' ');
}

export interface Bar {
  readonly label: string;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  readonly partY: number;
  readonly partHeight: number;
}

/** Bars side by side, the highest filling the box; a part stands at the foot of its bar. */
export function barsOf(
  days: readonly { readonly label: string; readonly all: number; readonly part: number }[],
  { left, top, right, bottom }: Box,
): readonly Bar[] {
  const most = Math.max(1, ...days.map(({ all }) => all));
  const slot = (right - left) / Math.max(1, days.length);
  return days.map(({ label, all, part }, index) => {
    const height = round((all / most) * (bottom - top));
    const partHeight = round((Math.min(part, all) / most) * (bottom - top));
    return {
      ...{ label, height, partHeight, x: round(left + index * slot + slot * 0.1) },
      ...{ width: round(slot * 0.8), y: round(bottom - height), partY: round(bottom - partHeight) },
    };
  });
}
