// Puts a pipe on the window and nothing else: the page can send a frame and receive frames.
import { contextBridge, ipcRenderer } from 'electron';
import { channel } from './origin.ts';

contextBridge.exposeInMainWorld('teller', {
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
