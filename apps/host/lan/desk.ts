// The desk's side of the LAN for any window host: a line to the station for each window, or the doorstep.
import type { Pipe } from '#contract/wire.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Clock } from '#station/ports.ts';
import type { LanAddress } from './address.ts';
import { type DeskCredentials, endOf, readCredentials, writeCredentials } from './desk-folder.ts';
import { openDoorstep } from './doorstep.ts';
import { enrolDesk } from './enrol.ts';
import { type Line, openLine } from './line.ts';
import { isRenewalDue, renewCertificate } from './renew.ts';

/** What a window was brought to; exactly one of the two is called, once. */
export interface Reached {
  /** Joins the window's pipe to it; `hangUp` closes the window's end. The function returned lets go. */
  carry(pipe: Pipe, hangUp: () => void): () => void;
  /** The window went away before it could be joined. */
  abandon(): void;
}

export interface Desk {
  /** Reaches the station for one window; refuses in words when it does not answer. */
  reach(): Promise<Reached>;
}

export interface DeskOptions {
  readonly folder: string;
  readonly address: LanAddress;
  readonly clock: Clock;
  readonly report: (where: string, error: unknown) => void;
}

/** With these the desk must be enrolled anew; anything else passes by itself. */
const enrolAnew: readonly string[] = ['desk-unknown', 'desk-revoked', 'desk-expired'];
/** How often a desk with a window open looks at its certificate's end, in ms; a failure waits as long. */
const lookMs = 86_400_000;

/** Refuses with the reasons of `readCredentials` where the folder cannot be a desk's. */
export function createDesk(options: DeskOptions): Desk {
  const { folder, address, clock, report } = options;
  let credentials = readCredentials(folder);
  const keep = (changed: DeskCredentials): DeskCredentials => {
    writeCredentials(folder, changed);
    credentials = changed;
    return changed;
  };
  const tend = createTending(options, { now: () => credentials, keep });

  const doorstep = (message: string): Reached => ({
    abandon: () => undefined,
    carry: (pipe, hangUp) =>
      openDoorstep({
        ...{ pipe, message, enrolled: hangUp, report },
        enrol: async (code) => void keep(await enrolDesk(address, code)),
      }),
  });

  /** By the next certificate where there is one; the present one is let go when the station knows the next. */
  async function open(present: DeskCredentials): Promise<Line> {
    const { next, ...rest } = present;
    if (!next) return openLine(address, present, clock);
    const changed = { ...rest, ...next };
    try {
      const line = await openLine(address, changed, clock);
      keep(changed);
      return line;
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== 'desk-unknown') throw error;
      // The station's books are older than its word, or a later word took this one's place.
      return openLine(address, keep(rest), clock);
    }
  }

  return Object.freeze({
    async reach() {
      if (credentials === null) return doorstep('');
      if (endOf(credentials.next ?? credentials) <= clock.now()) {
        return doorstep('The certificate of this desk has run out; it is attached anew.');
      }
      try {
        return joined(await open(credentials), tend);
      } catch (error) {
        if (error instanceof Refusal && enrolAnew.includes(error.reason)) {
          return doorstep(error.message);
        }
        throw error;
      }
    },
  });
}

interface Kept {
  now(): DeskCredentials | null;
  keep(changed: DeskCredentials): void;
}

/** Looks after the certificate while a window is open, once a day; the function returned ends it. */
function createTending({ address, clock, report }: DeskOptions, kept: Kept): () => () => void {
  let lookedMs = Number.NEGATIVE_INFINITY;
  async function look(): Promise<void> {
    const present = kept.now();
    const isTried = clock.monotonic() - lookedMs < lookMs;
    if (present === null || isTried || !isRenewalDue(present, clock.now())) return;
    lookedMs = clock.monotonic();
    const next = await renewCertificate(address, present);
    // Only what is still the present one has a next: somebody may have attached the desk anew meanwhile.
    if (kept.now() === present) kept.keep({ ...present, next });
  }
  return () => {
    let cancel = (): void => undefined;
    const again = (): void => {
      look().catch((error: unknown) => report('lan/renew', error));
      cancel = clock.after(lookMs, again);
    };
    again();
    return () => cancel();
  };
}

/** Frames go both ways as they are: what they may say is judged at the station. */
function joined({ pipe: station, close }: Line, tend: () => () => void): Reached {
  return {
    abandon: close,
    carry(window, hangUp) {
      const untended = tend();
      const stops = [window.receive(station.send), station.receive(window.send), untended];
      station.closed?.(() => {
        untended();
        hangUp();
      });
      return () => {
        for (const stop of stops) stop();
        close();
      };
    },
  };
}
