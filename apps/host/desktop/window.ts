// Makes a window that shows the screens and can do nothing else.
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { firstPage } from './origin.ts';
import type { Pipes } from './pipes.ts';

export interface WindowOptions {
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly pipes: Pipes;
  /** File of the built preload. */
  readonly preload: string;
  /** A packaged workstation has no developer tools. */
  readonly isPackaged: boolean;
}

/** Opens one window of its own sign-in; a supervisor's is a second one of these. */
export function openWindow({
  BrowserWindow,
  pipes,
  preload,
  isPackaged,
}: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    title: 'QENEX Teller',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !isPackaged,
    },
  });
  pipes.admit(window.webContents);
  window.once('ready-to-show', () => window.show());
  // A load that fails is told by did-fail-load; the window stays and says so itself.
  void window.loadURL(firstPage).catch(() => window.show());
  return window;
}
