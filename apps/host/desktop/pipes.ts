// Carries frames between each window's page and the station, and answers nobody else.
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { frameBytesMax, type Pipe } from '#contract/wire.ts';
import { channel, isOurs, origin } from './origin.ts';

export interface PipesOptions {
  readonly ipcMain: IpcMain;
  /** Called at the first frame of each page; the function returned when that page is gone. */
  readonly attach: (pipe: Pipe) => () => void;
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

export function createPipes({ ipcMain, attach, report }: PipesOptions): Pipes {
  const admitted = new Set<WebContents>();
  const lines = new Map<WebContents, Line>();
  const hangUp = (contents: WebContents): void => {
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
    const line = lines.get(sender) ?? openLine(sender, attach);
    lines.set(sender, line);
    line.hear(frame);
  };
  ipcMain.on(channel, onFrame);
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
      for (const contents of lines.keys()) hangUp(contents);
    },
  });
}
