// Measures what screening finds and what it costs: recall by kind of slip, false alarms, time a name, a whole book of customers.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import { indexOf, type NameIndex } from '#station/compliance/matching/index.ts';
import { qualified } from '#station/compliance/matching/qualify.ts';
import { scratchFor, search } from '#station/compliance/matching/search.ts';
import { tokensOf } from '#station/compliance/text/tokens.ts';
import { namesOfCustomer } from '#station/desk/screening.ts';
import { inventedCustomer } from './lib/invented-customers.ts';
import { scan } from './lib/screening-scan.ts';
import { hasLists, labelledPairs, matching, sharedList, strangers } from './lib/screening-sets.ts';
import { unseenOriginals, unseenSlips } from './lib/screening-unseen.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    customers: { type: 'string', default: '5000' },
    scans: { type: 'string', default: '20' },
  },
});
const floor = 500;
const policyLeast = 800;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

function opened(entries: readonly ListEntry[]) {
  const before = cpuMs();
  const index = indexOf(entries);
  say(
    `${entries.length} entries, ${index.names.length} names, ${index.words.length} words; made ready in ${(cpuMs() - before).toFixed(0)} ms of processor time`,
  );
  return { index, scratch: scratchFor(index) };
}
type Opened = ReturnType<typeof opened>;

/** Best score of the expected entries, or of any. */
function best(
  { index, scratch }: Opened,
  name: string,
  expected: ReadonlySet<string> | null,
): number {
  const found = search(index, name, { least: floor, scratch });
  const wanted = expected
    ? found.filter(({ entry }) => expected.has(index.entries[entry]?.id ?? ''))
    : found;
  return wanted[0]?.score ?? 0;
}

function quality(blind: Opened, own: Opened): readonly number[] {
  const timesMs: number[] = [];
  const timed = (work: () => number): number => {
    const before = performance.now();
    const score = work();
    timesMs.push(performance.now() - before);
    return score;
  };
  const queries = matching();
  const people = strangers();
  const hits = queries.map(({ name, expected, kind }) => ({
    ...{ kind, score: timed(() => best(blind, name, expected)) },
  }));
  const alarms = people.map(({ name }) => timed(() => best(blind, name, null)));
  const originals = queries.filter(({ kind }) => kind === 'original_script');
  const ownScores = originals.map(({ name, expected }) => best(own, name, expected));
  const latin = hits.filter(({ kind }) => kind !== 'original_script');
  const sorted = [...alarms].sort((one, other) => other - one);
  const limits = [0.001, 0.003, 0.005, 0.01].map((rate) => {
    const least = (sorted[Math.floor(rate * alarms.length)] ?? 0) + 1;
    return { label: `at most ${rate * 100} % false`, least };
  });
  for (const { label, least } of [...limits, { label: 'policy', least: policyLeast }]) {
    const reached = (list: readonly { score: number }[]) =>
      percent(list.filter(({ score }) => score >= least).length, list.length);
    const script = hits.filter(({ kind }) => kind === 'original_script');
    const wrong = alarms.filter((score) => score >= least).length;
    const owned = percent(ownScores.filter((score) => score >= least).length, ownScores.length);
    say(
      `${label} (from ${least}): Latin ${reached(latin)}, own script blind ${reached(script)}, with names in it ${owned}; ${wrong} of ${alarms.length} strangers`,
    );
  }
  for (const kind of [...new Set(hits.map((hit) => hit.kind))].sort()) {
    const all = hits.filter((hit) => hit.kind === kind);
    const found = all.filter(({ score }) => score >= policyLeast).length;
    say(
      `  ${kind.padEnd(18)} ${percent(found, all.length)} of ${all.length} at the policy's ${policyLeast}`,
    );
  }
  qualifiedAlarms(own.index, own);
  return timesMs;
}

/** What the development queries do not hold. */
function unseen(blind: Opened, entries: readonly ListEntry[]): void {
  const sets = [
    { label: 'own script, blind', queries: unseenOriginals() },
    { label: 'one slip', queries: unseenSlips(entries, 1) },
    { label: 'two slips', queries: unseenSlips(entries, 2) },
  ];
  for (const { label, queries } of sets) {
    const found = queries.filter((each) => best(blind, each.name, each.expected) >= policyLeast);
    say(
      `names in no query, ${label}: ${percent(found.length, queries.length)} of ${queries.length} at the policy's ${policyLeast}`,
    );
  }
}

/** Strangers with their birth, against a list that knows some births. */
function qualifiedAlarms(index: NameIndex, { scratch }: Opened): void {
  const people = strangers();
  const wrong = people.filter(({ name, birth }) =>
    search(index, name, { least: policyLeast, scratch }).some((found) => {
      const entry = index.entries[found.entry];
      return (
        entry && qualified(found.score, entry, { name, birth, kind: 'person' }).score >= policyLeast
      );
    }),
  ).length;
  say(
    `with birth and kind known: ${wrong} of ${people.length} strangers (few entries of this list have a birth)`,
  );
}

function pairs(entries: readonly ListEntry[]): void {
  const all = labelledPairs();
  const rest = { kind: 'person' as const, births: [], countries: [], programme: '' };
  const asEntries = all.map(({ other }, at) => ({ ...rest, id: `PAIR-${at}`, names: [other] }));
  const index = indexOf([...entries, ...asEntries]);
  const place = { index, scratch: scratchFor(index) };
  const scores = all.map(({ one }, at) => best(place, one, new Set([`PAIR-${at}`])));
  const f1 = (least: number): number => {
    const right = all.filter(({ isMatch }, at) => isMatch && (scores[at] ?? 0) >= least).length;
    const said = scores.filter((score) => score >= least).length;
    const real = all.filter(({ isMatch }) => isMatch).length;
    return (2 * right) / (said + real);
  };
  say(
    `${all.length} labelled pairs: F1 ${f1(policyLeast).toFixed(3)} from ${policyLeast}, ${f1(700).toFixed(3)} from 700`,
  );
}

function speed(place: Opened, timesMs: readonly number[]): void {
  const at = (part: number) => quantile(timesMs, part).toFixed(3);
  say(`a name: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${timesMs.length} names (wall time)`);
  const sample = matching().slice(0, Number(options.scans));
  const listed = place.index.names.map(({ text }) => tokensOf(text));
  let own = 0;
  let plain = 0;
  for (const { name } of sample) {
    const start = cpuMs();
    best(place, name, null);
    const middle = cpuMs();
    scan(name, listed);
    own += middle - start;
    plain += cpuMs() - middle;
  }
  say(
    `beside a plain Jaro-Winkler scan, turn by turn: ${(own / sample.length).toFixed(2)} and ${(plain / sample.length).toFixed(1)} ms of processor time a name, ${(own / plain).toFixed(4)} of it`,
  );
}

function book(place: Opened): void {
  const count = Number(options.customers);
  const before = cpuMs();
  let hits = 0;
  for (let number = 1; number <= count; number += 1) {
    for (const { name } of namesOfCustomer(inventedCustomer(number))) {
      hits +=
        search(place.index, name, { least: policyLeast, scratch: place.scratch }).length > 0
          ? 1
          : 0;
    }
  }
  const spent = cpuMs() - before;
  say(
    `${count} customers compared in ${(spent / 1000).toFixed(1)} s of processor time, ${(spent / count).toFixed(2)} ms each; ${hits} resemble an entry`,
  );
}

if (hasLists()) {
  say(machine(tmpdir()));
  const entries = sharedList(true);
  const blind = opened(entries);
  const own = opened(sharedList(false));
  const timesMs = quality(blind, own);
  unseen(blind, entries);
  pairs(entries);
  speed(own, timesMs);
  book(own);
} else say('The shared lists are not here: set QENEX_SHARED to the folder that holds them.');
