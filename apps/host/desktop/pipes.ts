// Carries frames between each window's page and the station, and answers nobody else.
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { frameBytesMax, type Pipe } from '#contract/wire.ts';
import type { Reached } from '#host/lan/desk.ts';
import { channel, isOurs, lineChannel, origin } from './origin.ts';

export interface PipesOptions {
  readonly ipcMain: IpcMain;
  /** Called at the first frame of each page; the function returned when that page is gone. */
  readonly attach: (pipe: Pipe) => () => void;
  /** At a desk whose station is on another machine, in place of `attach`: asked before a page's line is open. */
  readonly reach?: () => Promise<Reached>;
  readonly report: (where: string, error: unknown) => void;
}

export interface Pipes {
  /** Listens to a window's page from now on; without this call its frames are not answered. */
  admit(contents: WebContents): void;
  close(): void;
}

interface Line {
  readonly hear: (frame: unknown) => void;
  readonly hangUp: () => void;
}

/**
 * Whether the frame comes from the main frame of a page of ours. It fails closed: a frame that is gone
 * (null), a sub-frame, an opaque or other origin and an about:blank are all strangers.
 */
export function isTrusted(event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>): boolean {
  const { senderFrame, sender } = event;
  return (
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    senderFrame.origin === origin &&
    isOurs(senderFrame.url)
  );
}

function openLine(contents: WebContents, attach: PipesOptions['attach']): Line {
  const listeners = new Set<(frame: unknown) => void>();
  const closers = new Set<() => void>();
  let open = true;
  const detach = attach({
    send(frame) {
      if (open && !contents.isDestroyed()) contents.send(channel, JSON.stringify(frame));
    },
    receive(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    closed: (listener) => void closers.add(listener),
  });
  return {
    hear(frame) {
      for (const listener of listeners) listener(frame);
    },
    hangUp() {
      if (!open) return;
      open = false;
      detach();
      for (const closer of closers) closer();
    },
  };
}

/** The frame that the text holds; throws when it is no text, too large, or not JSON. */
function parse(text: unknown): unknown {
  if (typeof text !== 'string') throw new TypeError(`a frame is text, not ${typeof text}`);
  const bytes = Buffer.byteLength(text);
  if (bytes > frameBytesMax) throw new RangeError(`a frame of ${bytes} bytes is too large`);
  return JSON.parse(text);
}

export function createPipes(options: PipesOptions): Pipes {
  const { ipcMain, attach, reach, report } = options;
  const admitted = new Set<WebContents>();
  const lines = new Map<WebContents, Line>();
  /** The newest asking for a line of each page. */
  const askings = new Map<WebContents, symbol>();
  const hangUp = (contents: WebContents): void => {
    askings.delete(contents);
    lines.get(contents)?.hangUp();
    lines.delete(contents);
  };
  const onFrame = (event: IpcMainEvent, text: unknown): void => {
    const { sender } = event;
    if (!admitted.has(sender) || !isTrusted(event)) {
      return report('desktop/pipes', new Error('a frame from a stranger was not answered'));
    }
    let frame: unknown;
    try {
      frame = parse(text);
    } catch (error) {
      // The error of a parser quotes what it read; only its kind is told.
      return report('desktop/pipes', new Error(`unreadable frame: ${(error as Error).name}`));
    }
    // A line over the LAN is asked for; one to our own station is there with the first frame.
    const line = lines.get(sender) ?? (reach ? undefined : openLine(sender, attach));
    if (!line) return tell(sender, 'closed');
    lines.set(sender, line);
    line.hear(frame);
  };
  const tell = (contents: WebContents, word: 'open' | 'closed'): void => {
    if (!contents.isDestroyed()) contents.send(lineChannel, word);
  };
  const onReach = ({ sender, ...event }: IpcMainEvent): void => {
    if (!admitted.has(sender) || !isTrusted({ sender, senderFrame: event.senderFrame })) {
      return report('desktop/pipes', new Error('a stranger was given no line'));
    }
    if (!reach) return tell(sender, 'open');
    hangUp(sender);
    const asking = Symbol('asking');
    askings.set(sender, asking);
    // A page that was loaded anew, or has gone, no longer waits for what was reached for it.
    const waits = (): boolean => askings.get(sender) === asking && !sender.isDestroyed();
    reach().then(
      (reached) => {
        if (!waits()) return reached.abandon();
        const lost = (): void => {
          hangUp(sender);
          tell(sender, 'closed');
        };
        lines.set(
          sender,
          openLine(sender, (pipe) => reached.carry(pipe, lost)),
        );
        tell(sender, 'open');
      },
      () => waits() && tell(sender, 'closed'),
    );
  };
  ipcMain.on(channel, onFrame);
  ipcMain.on(lineChannel, onReach);
  return Object.freeze({
    admit(contents: WebContents) {
      admitted.add(contents);
      // A page that is loaded anew is a new window to the station: the old sign-in ends with the old page.
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) hangUp(contents);
      });
      contents.on('render-process-gone', () => hangUp(contents));
      contents.once('destroyed', () => {
        hangUp(contents);
        admitted.delete(contents);
      });
    },
    close() {
      ipcMain.off(channel, onFrame);
      ipcMain.off(lineChannel, onReach);
      for (const contents of lines.keys()) hangUp(contents);
    },
  });
}
