// The desk's side of the LAN for any window host: a line to the station for each window, or the doorstep.
import type { Pipe } from '#contract/wire.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Clock } from '#station/ports.ts';
import type { LanAddress } from './address.ts';
import { endOf, readCredentials, writeCredentials } from './desk-folder.ts';
import { openDoorstep } from './doorstep.ts';
import { enrolDesk } from './enrol.ts';
import { type Line, openLine } from './line.ts';

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

/** Refuses with the reasons of `readCredentials` where the folder cannot be a desk's. */
export function createDesk(options: DeskOptions): Desk {
  const { folder, address, clock, report } = options;
  let credentials = readCredentials(folder);

  const doorstep = (message: string): Reached => ({
    abandon: () => undefined,
    carry: (pipe, hangUp) =>
      openDoorstep({
        ...{ pipe, message, enrolled: hangUp, report },
        async enrol(code) {
          const given = await enrolDesk(address, code);
          writeCredentials(folder, given);
          credentials = given;
        },
      }),
  });

  return Object.freeze({
    async reach() {
      if (credentials === null) return doorstep('');
      if (endOf(credentials) <= clock.now()) {
        return doorstep('The certificate of this desk has run out; it is attached anew.');
      }
      try {
        return joined(await openLine(address, credentials, clock));
      } catch (error) {
        if (error instanceof Refusal && enrolAnew.includes(error.reason)) {
          return doorstep(error.message);
        }
        throw error;
      }
    },
  });
}

/** Frames go both ways as they are: what they may say is judged at the station. */
function joined({ pipe: station, close }: Line): Reached {
  return {
    abandon: close,
    carry(window, hangUp) {
      const stops = [window.receive(station.send), station.receive(window.send)];
      station.closed?.(hangUp);
      return () => {
        for (const stop of stops) stop();
        close();
      };
    },
  };
}
