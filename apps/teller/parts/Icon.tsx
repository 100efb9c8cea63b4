// The few shapes that stand beside a word, drawn inline so that no file and no style is fetched.

/** Paths on a 16 x 16 grid, drawn as lines in the colour of the text. */
const shapes = {
  tick: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14a5.5 5.5 0 0 1 11 0',
  warning: 'M8 2 14.5 13.5h-13ZM8 6.5v3.2M8 11.6v.4',
  stop: 'M5.3 2h5.4L14 5.3v5.4L10.7 14H5.3L2 10.7V5.3ZM5.5 8h5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.3 1.6',
  back: 'M6 4 2.5 7.5 6 11M2.5 7.5H10a3.5 3.5 0 0 1 0 7H8',
  dot: 'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  lock: 'M4 7.5h8V14H4ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  link: 'M2 10.5h3v-5H2M14 5.5h-3v5h3M5 8h6',
  unlink: 'M2 10.5h3v-5H2M14 5.5h-3v5h3M7.4 5 6 11M10 5 8.6 11',
  key: 'M10 9a3 3 0 1 0-2.8-2L2 12.2V14h2v-1.6h1.6v-1.6h1.6L8 10',
  next: 'M6 3.5 10.5 8 6 12.5',
} as const;

export type IconName = keyof typeof shapes;

export function Icon(props: { name: IconName; size?: number }) {
  const { name, size = 14 } = props;
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
