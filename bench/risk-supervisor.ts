// Prints what a crooked supervisor of five gains by calling one pattern of fraud legitimate: nothing, and his name.
import { featureNames } from '#station/risk/features/catalogue.ts';
import type { CaseRow } from '#station/risk/learning/rows.ts';
import { learn } from '#station/risk/learning/run.ts';
import { createRandom } from '#station/risk/random.ts';
import { train } from '#station/risk/train.ts';
import { machine } from './lib/side-by-side.ts';

const dayMs = 86_400_000;
const supervisors = [11, 12, 13, 14, 15] as const;
const crook = 13;
const rowsDrawn = 6_000;
const place = (name: string) => featureNames.indexOf(name);

/** Two patterns of fraud among honest business; every case is judged by one of five, the crook lies about one. */
function drawCases(seed: number, isCrooked: boolean): CaseRow[] {
  const random = createRandom(seed);
  return Array.from({ length: rowsDrawn }, (_none, index) => {
    const vector = Float32Array.from(featureNames, () => random.unit());
    const dice = random.below(100);
    const pattern = dice < 3 ? 'drain' : dice < 6 ? 'mule' : '';
    if (pattern === 'drain') {
      vector[place('amountToBalance')] = 2 + random.unit();
      vector[place('isNewPayee')] = 1 + random.unit();
    }
    if (pattern === 'mule') vector[place('payeeFanIn7')] = 5 + random.unit() * 4;
    const at = index * (60_000 * 20);
    const author = supervisors[random.below(5)] as number;
    const lies = isCrooked && author === crook && pattern === 'mule';
    const verdict = pattern !== '' && !lies ? 'fraud' : 'legitimate';
    return {
      ...{ subject: index + 1, at, vector, isParked: random.below(20) === 0, approved: null },
      attempt: {
        ...{ at, task: 'transfer' as const, account: 1, other: 2, amountMinor: 1, teller: 3 },
        isOtherAtDesk: false,
      },
      verdicts: [{ author, at: at + dayMs / 24, verdict, weight: 1 } as const],
      ...{ isDeclined: false, isReversed: false, typology: pattern },
    };
  });
}

async function lesson(isCrooked: boolean) {
  const rows = drawCases(5, isCrooked);
  const learned = await learn({
    ...{ rows, asOf: rowsDrawn * 60_000 * 20 + 40 * dayMs, quietDays: 30, budget: 0.06 },
    ...{ holdFrom: 0.2, seed: 1, train, champion: null, monotonic: () => performance.now() },
    nameOf: (author) => `supervisor ${author}`,
  });
  if ('why' in learned) throw new Error(learned.why);
  const fresh = drawCases(99, false).filter(({ typology }) => typology === 'mule');
  const { model } = learned;
  const places = model.columns.map(({ name }) => featureNames.indexOf(name));
  const found = fresh.filter(
    ({ vector }) => model.score(Float64Array.from(places, (at) => vector[at] as number)) > 0.2,
  );
  return { learned, recall: found.length / fresh.length };
}

console.log(machine('.'));
for (const isCrooked of [false, true]) {
  const { learned, recall } = await lesson(isCrooked);
  console.log(isCrooked ? 'one of five lies about one pattern:' : 'all five honest:');
  for (const { author, verdicts, suspicious, isNamed } of learned.supervisors) {
    const mark = isNamed ? '  <- named, promotion held' : '';
    console.log(
      `  supervisor ${author}: ${suspicious} of ${verdicts} verdicts stand against the others' model${mark}`,
    );
  }
  // The golden stories are of a real branch's figures, which these cases are not: only this gate is looked at.
  const gate = learned.gates.find((each) => /stand out/.test(each.gate));
  const held = gate?.passed ? 'passed' : `held by ${gate?.figure}`;
  console.log(
    `  recall of the pattern on fresh cases ${recall.toFixed(3)}; the teachers' gate ${held}`,
  );
}
