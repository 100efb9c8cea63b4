// Writes an instant as the clock on the branch's wall shows it, whatever zone the machine believes it is in.
import { formatDate } from '#contract/dates.ts';

/** Whether the name is a time zone of the tz database that this program can reckon with (`Europe/Berlin`, `UTC`). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', timeZoneName: 'longOffset' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  formats.set(timeZone, made);
  return made;
}

/**
 * The instant (ms since 1970) in the branch's time zone with its distance from UTC, so that nobody has to know
 * the season's clock: `Fri 20 Nov 2026 15:05:09 UTC+01:00`.
 */
export function localTime(atMs: number, timeZone: string): string {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) part[type] = value;
  const offset = (part.timeZoneName ?? 'GMT').replace('GMT', 'UTC').replace('+00:00', '');
  const { year, month, day, hour, minute, second } = part;
  return `${formatDate(`${year}-${month}-${day}`)} ${hour}:${minute}:${second} ${offset}`;
}
