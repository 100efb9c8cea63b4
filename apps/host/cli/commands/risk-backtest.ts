// Tries a risk policy on the branch's own past, and makes every stored decision again: `qenex risk backtest`.

import { join } from 'node:path';
import { Refusal } from '#station/bank/refusal.ts';
import { createLogReader } from '#station/ledger/log.ts';
import { createRiskReads } from '#station/ledger/projections/risk-reads.ts';
import { backTestPolicy, type PastCase } from '#station/risk/decision/back-test.ts';
import { defaultRiskPolicy, policyHash, readRiskPolicy } from '#station/risk/decision/policy.ts';
import { attemptOf, type RiskRecord, vectorText } from '#station/risk/decision/record.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { createFeatureReader, type LoggedEvent } from '#station/risk/features/events.ts';
import { readModel } from '#station/risk/file.ts';
import { labelOf } from '#station/risk/learning/labels.ts';
import { type CaseRow, createRowCollector } from '#station/risk/learning/rows.ts';
import type { RiskModel } from '#station/risk/model.ts';
import type { Command, Context, Outcome } from '../command.ts';
import { bytesOf } from './risk.ts';

const sliceEvents = 1_000;

interface Replay {
  readonly rows: readonly CaseRow[];
  /** Stored vectors that were made again from the log, and how many came out otherwise. */
  readonly replayed: number;
  readonly mismatches: number;
  readonly scales: ReadonlyMap<number, number>;
}

/** Reads the whole log once: every case, and every stored vector held to what the log gives now. */
function replay(
  head: number,
  events: (from: number, to: number) => readonly LoggedEvent[],
): Replay {
  const reader = createFeatureReader();
  const collector = createRowCollector(reader);
  let [replayed, mismatches] = [0, 0];
  for (let from = 1; from <= head; from += sliceEvents) {
    for (const event of events(from, Math.min(head, from + sliceEvents - 1))) {
      const record = event.data.risk as RiskRecord | undefined;
      for (const item of record?.items ?? []) {
        // Something posted in between leaves the position behind: it is made again only where it is at hand.
        if (record?.position !== reader.position()) continue;
        replayed += 1;
        const vector = reader.engine.vector(attemptOf(item, record.asOf));
        if (vectorText(vector) !== item.features) mismatches += 1;
      }
      collector.take(event);
    }
  }
  const accounts = reader.engine.state.accounts.filter((account) => account !== undefined);
  const scales = new Map(accounts.map(({ id, scale }) => [id, scale]));
  return { rows: collector.rows(), replayed, mismatches, scales };
}

function pastOf({ rows, scales }: Replay, model: RiskModel, quietDays: number): PastCase[] {
  const places = model.columns.map(({ name }) => featureNames.indexOf(name));
  const asOf = rows.at(-1)?.at ?? 0;
  return rows.map((row) => ({
    probability: model.score(Float64Array.from(places, (place) => row.vector[place] ?? Number.NaN)),
    amountMinor: row.attempt.amountMinor,
    scale: scales.get(row.attempt.account) ?? 100,
    isFraud: labelOf(row, { asOf, quietDays }).outcome === 1,
  }));
}

function policyFrom(name: string | undefined) {
  if (name === undefined) return null;
  try {
    return readRiskPolicy(JSON.parse(Buffer.from(bytesOf(name, 'policy')).toString('utf8')));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      'bad-usage',
      `The file ${name} holds no risk policy: ${(error as Error).message}`,
    );
  }
}

async function run({ folder, options, read }: Context): Promise<Outcome> {
  const proposed = policyFrom(options.policy);
  return read((database) => {
    const log = createLogReader(database);
    const reads = createRiskReads(database);
    const head = Number(database.prepare('SELECT max(seq) FROM event').pluck().get() ?? 0n);
    const found = replay(head, log.events);
    const stored = reads.policyOn('9999-12-31');
    const inForce = stored === null ? defaultRiskPolicy : readRiskPolicy(JSON.parse(stored));
    const named = options['model-file'];
    const champion = reads.champion()?.hash;
    const file = named ?? (champion ? join(folder, 'models', `${champion}.model`) : undefined);
    const model = file === undefined ? null : readModel(bytesOf(file, 'model-file'));
    const past = model ? pastOf(found, model, inForce.quietDays) : [];
    const mayHold = model?.card.kind !== 'isolation-forest';
    const outcomes = {
      inForce: backTestPolicy(inForce, past, mayHold),
      proposed: proposed ? backTestPolicy(proposed, past, mayHold) : null,
    };
    const { replayed, mismatches, rows } = found;
    const frauds = past.filter(({ isFraud }) => isFraud).length;
    const words = model
      ? `${past.length} attempts, ${frauds} frauds: the policy in force would have held ${outcomes.inForce.held} (${outcomes.inForce.real} real) and asked about ${outcomes.inForce.asked}`
      : `${rows.length} attempts; no model is in force, so no policy would have asked or held anything (name one with --model-file)`;
    const other = outcomes.proposed
      ? `; the proposed one ${outcomes.proposed.held} (${outcomes.proposed.real} real) and ${outcomes.proposed.asked}`
      : '';
    return {
      ok: mismatches === 0,
      json: {
        ...{ ok: mismatches === 0, attempts: rows.length, frauds, replayed, mismatches },
        ...{ model: model?.hash ?? null, policy: policyHash(inForce), ...outcomes },
      },
      text: `${words}${other}. ${replayed} stored decisions were made again, ${mismatches} came out otherwise.`,
    };
  });
}

export const riskBacktest: Command = Object.freeze({
  words: 'risk backtest',
  parameters: [],
  options: {
    policy: 'a file with the policy to try, as JSON',
    'model-file': 'the model to try it with; the champion otherwise',
  },
  summary: 'tries a risk policy on the past of the branch, and makes stored decisions again',
  run,
});
