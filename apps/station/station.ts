// The composition root: puts the branch, the desk and the gate together behind one way in, a pipe.
import type { Pipe } from '#contract/wire.ts';
import { refuseUnless } from './bank/refusal.ts';
import { type Branch, openBranch } from './branch.ts';
import { begunType } from './demonstration/founding.ts';
import { createAnnouncer } from './desk/announcer.ts';
import type { DeskDoor } from './desk/desks-door.ts';
import { type DeskPlace, placeData } from './desk/desks-windows.ts';
import { createDispatcher } from './desk/dispatch.ts';
import { createHandlers } from './handlers.ts';
import type { Ports } from './ports.ts';

export interface Station {
  /**
   * Takes a window in; its frames are answered until the returned function lets it go. `place` is the desk
   * on the LAN at which it stands.
   */
  attach(pipe: Pipe, place?: DeskPlace): () => void;
  /** Lets desks of the LAN in. */
  readonly door: DeskDoor;
  /** How the workstation stands, in Prometheus' text format; figures only, no customers. */
  metrics(): string;
  /** Lets every window go, commits what waits and closes the branch. */
  close(): Promise<void>;
}

/**
 * Opens the branch in `ports.folder` and serves it. Refuses with the reasons of `openBranch`, and
 * `demonstration-folder` where invented money would be shown as if it were real.
 */
export async function createStation(ports: Ports): Promise<Station> {
  const branch = await openBranch(ports);
  try {
    refuseUnless(
      ports.demonstration || branch.ledger.event(1)?.type !== begunType,
      'demonstration-folder',
      `The folder ${ports.folder} holds the demonstration branch: open it with --demo, or name another folder.`,
    );
    return serve(ports, branch);
  } catch (error) {
    branch.close();
    throw error;
  }
}

function serve(ports: Ports, branch: Branch): Station {
  const windows = createAnnouncer((window) => desk.sessions.personOf(window));
  const desk = createHandlers({ ports, branch, announcer: windows });
  const dispatcher = createDispatcher({
    handlers: desk.handlers,
    log: branch.ledger,
    announcer: windows,
    personOf: desk.sessions.personOf,
    seal: desk.seal,
    report: ports.report,
    placeOf: (window) => placeData(desk.windows, window),
  });
  desk.gateway.start();
  const leaving = new Set<() => void>();
  let isOpen = true;

  function attach(pipe: Pipe, place?: DeskPlace): () => void {
    const { window, remove } = windows.add(pipe);
    const rise = place ? desk.door.sit(window, place) : () => undefined;
    const stop = pipe.receive((frame) => {
      if (!isOpen) return;
      dispatcher
        .handle(frame, window)
        .then((reply) => reply && isOpen && pipe.send(reply))
        .catch((error: unknown) => ports.report('answer', error));
    });
    const leave = (): void => {
      if (!leaving.delete(leave)) return;
      stop();
      remove();
      rise();
      desk.sessions.close(window);
    };
    leaving.add(leave);
    pipe.closed?.(leave);
    return leave;
  }

  return Object.freeze({
    attach,
    door: desk.door,
    metrics: desk.metrics,
    async close() {
      isOpen = false;
      for (const leave of [...leaving]) leave();
      await desk.close();
      branch.close();
    },
  });
}
