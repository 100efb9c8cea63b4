// Writes a date in one manner on screens, receipts and packs: in words, so that no day is read as a month.

/** Names of the days and months as they are written; the screens speak English. */
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export const monthNames = Object.freeze([
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const);

/** A business date (YYYY-MM-DD) as `Fri 20 Nov 2026`; it has no time zone and gets none. */
export function formatDate(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const weekday = days[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return `${weekday} ${day} ${monthNames[month - 1]} ${year}`;
}
