// Prints how often the difference detective names the true cause among its first three.
import { seededCase, seededCauses } from '#station/bank/detective.fixture.ts';
import { suspectedCauses } from '#station/bank/detective.ts';

const cases = Number(process.argv[2] ?? 1_000);
const places = new Map<string, number[]>(seededCauses.map((cause) => [cause, [0, 0, 0, 0]]));
const started = performance.now();
for (let seed = 0; seed < cases; seed++) {
  const { given, cause, journal } = seededCase(seed);
  const place = suspectedCauses(given).findIndex(
    (found) => found.cause === cause && (journal === null || found.journal === journal),
  );
  const row = places.get(cause) ?? [];
  const slot = place === -1 || place > 2 ? 3 : place;
  row[slot] = (row[slot] ?? 0) + 1;
}
const elapsedMs = performance.now() - started;

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
console.log(`difference detective, ${cases} seeded till days with one mistake each`);
console.log('cause               first   second    third   missed   in first three');
let named = 0;
for (const [cause, [first = 0, second = 0, third = 0, missed = 0]] of places) {
  const found = first + second + third;
  named += found;
  const columns = [first, second, third, missed]
    .map((value) => String(value).padStart(8))
    .join(' ');
  console.log(`${cause.padEnd(17)}${columns}   ${percent(found, found + missed)}`);
}
console.log(`all: ${percent(named, cases)} in the first three (bar 90 %, goal 97 %)`);
console.log(`${(elapsedMs / cases).toFixed(2)} ms a case, making it included`);
