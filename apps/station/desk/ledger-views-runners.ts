// Names the long work a person may start: proof of the log, audit of the books, a rebuild of a copy.
import { auditLedger, checks } from '#station/ledger/audit.ts';
import { storeRefusal } from '#station/ledger/open-failure.ts';
import { rebuild } from '#station/ledger/rebuild.ts';
import { verifyLog } from '#station/ledger/verify.ts';
import type { TaskKind, TaskResult, TaskRunner } from './ledger-views-tasks.ts';

export interface RunnerParts {
  /** Database file and key: the work is done by threads that read beside the station. */
  readonly file: string;
  readonly key: Uint8Array;
  /** Module that exports the rooms' `projections`, for the rebuild. */
  readonly projectionsModule: URL;
}

/** Damage of the file is said as damage, whether a worker met it or the thread that started it. */
async function refusingDamage<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storeRefusal(error, file) ?? error;
  }
}

export function createRunners(parts: RunnerParts): Readonly<Record<TaskKind, TaskRunner>> {
  const { file, key, projectionsModule } = parts;
  return Object.freeze({
    'log.verify': async (onProgress, signal): Promise<TaskResult> => {
      const found = await refusingDamage(file, verifyLog({ file, key, onProgress, signal }));
      const { ok, events, checkpoints, firstBad } = found;
      const message = firstBad
        ? `Event ${firstBad.seq} is the first that is not as it was written: ${firstBad.why}`
        : `${events} events stand in an unbroken chain, ${checkpoints} checkpoints are signed by this device.`;
      return { ok, message, result: found };
    },
    'ledger.audit': async (onProgress, signal): Promise<TaskResult> => {
      const found = await refusingDamage(file, auditLedger({ file, key, onProgress, signal }));
      const broken = found.findings.filter((finding) => finding.broken > 0);
      const message = found.ok
        ? `All ${checks.length} rules of the ledger hold over every entry.`
        : broken.map(({ rule, broken: rows }) => `Broken ${rows} times: ${rule}`).join(' ');
      return { ok: found.ok, message, result: found };
    },
    'ledger.rebuild': async (onProgress, signal): Promise<TaskResult> => {
      const order = { file, key, projectionsModule, mode: 'prove' } as const;
      const found = await refusingDamage(file, rebuild({ ...order, onProgress, signal }));
      const other = found.tables.filter((table) => table.before !== table.after);
      const message = found.ok
        ? `${found.tables.length} tables came out of ${found.events} events to the same byte.`
        : `Not what the log gives: ${other.map((table) => table.table).join(', ')}.`;
      return { ok: found.ok, message, result: found };
    },
  });
}
