// Puts a pipe on the window and nothing else: the page can send a frame and receive frames.
import { contextBridge, ipcRenderer } from 'electron';
import { channel, lineChannel } from './origin.ts';

/** Calls back with the next word about the line. */
function hearLine(heard: (word: string) => boolean): void {
  const hear = (_event: unknown, word: string): void => {
    if (heard(word)) ipcRenderer.off(lineChannel, hear);
  };
  ipcRenderer.on(lineChannel, hear);
}

contextBridge.exposeInMainWorld('teller', {
  /** Asks for a line to the station, here or on the LAN; rejects when it does not answer. */
  reach(): Promise<void> {
    return new Promise((resolve, reject) => {
      hearLine((word) => {
        if (word === 'open') resolve();
        else reject(new Error('the station does not answer'));
        return true;
      });
      ipcRenderer.send(lineChannel);
    });
  },
  /** Calls the listener once when the line is lost. */
  closed(listener: () => void): void {
    hearLine((word) => {
      if (word === 'closed') listener();
      return word === 'closed';
    });
  },
  send(frame: unknown): void {
    ipcRenderer.send(channel, JSON.stringify(frame));
  },
  receive(listener: (frame: unknown) => void): () => void {
    // The event of Electron stays here: it would give the page a way back to ipcRenderer.
    const hear = (_event: unknown, text: string): void => listener(JSON.parse(text));
    ipcRenderer.on(channel, hear);
    return () => void ipcRenderer.off(channel, hear);
  },
});
