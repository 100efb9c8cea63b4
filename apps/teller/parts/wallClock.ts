// Knows the clock on the branch's wall: screens and receipts say one time, wherever the window's machine believes it is.

export interface WallClock {
  readonly year: string;
  /** Two digits, January is 01. */
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

function formatFor(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  });
}

let zone: string | undefined;
let format = formatFor(undefined);

/** Sets the zone (tz database) every time is written in from now on; before, it is that of this machine. */
export function setWallClock(timeZone: string): void {
  if (timeZone === zone) return;
  zone = timeZone;
  format = formatFor(timeZone);
}

/** The instant (ISO 8601) as year, month, day, hour, minute and second of the branch. */
export function wallClock(instant: string): WallClock {
  const parts = format.formatToParts(new Date(instant));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as unknown as WallClock;
}
