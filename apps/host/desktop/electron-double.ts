// Stands in for the `electron` module where its binary is not: every crossing is a structured clone.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  ContextBridge,
  CrashReporter,
  IpcMain,
  IpcRenderer,
  Protocol,
  SafeStorage,
  Session,
  WebContents,
} from 'electron';

/** A renderer's frame as main sees it; a test may say that it is another's. */
export interface FrameDouble {
  origin: string;
  url: string;
}

/** A window of the double with what its page would hold. */
export interface WindowDouble {
  readonly options: BrowserWindowConstructorOptions;
  readonly contents: EventEmitter;
  readonly mainFrame: FrameDouble;
  /** Answers `window.open` as Electron would: by the handler's word. */
  opens(url: string): { action: string };
  /** The renderer half: what a preload in this window gets from `require('electron')`. */
  readonly renderer: {
    readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
    readonly ipcRenderer: Pick<IpcRenderer, 'send' | 'on' | 'off'>;
  };
  /** What the preload put on the page's window. */
  readonly exposed: Record<string, unknown>;
  /** Sends as if from another frame than the main one. */
  sendFrom(frame: FrameDouble | null, channel: string, ...args: unknown[]): void;
  close(): void;
}

/** Sends what crosses between processes as Electron does; a function or a symbol throws here as there. */
const cross = <T>(value: T): T => structuredClone(value);

function createContents(ipcMain: EventEmitter, renderer: EventEmitter) {
  const contents = new EventEmitter();
  const mainFrame: FrameDouble = { origin: '', url: '' };
  let destroyed = false;
  let openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  const part = {
    mainFrame,
    send: (channel: string, ...args: unknown[]): void => {
      renderer.emit(channel, {}, ...cross(args));
    },
    getURL: (): string => mainFrame.url,
    isDestroyed: (): boolean => destroyed,
    setWindowOpenHandler: (handler: typeof openHandler): void => {
      openHandler = handler;
    },
  };
  Object.assign(contents, part satisfies Record<keyof typeof part, unknown>);
  return {
    contents,
    mainFrame,
    opens: (url: string) => openHandler({ url }),
    destroy(): void {
      destroyed = true;
      contents.emit('destroyed');
    },
    sendFrom(frame: FrameDouble | null, channel: string, ...args: unknown[]): void {
      ipcMain.emit(channel, { sender: contents, senderFrame: frame }, ...cross(args));
    },
  };
}

function createWindow(
  electron: { app: EventEmitter; ipcMain: EventEmitter },
  options: BrowserWindowConstructorOptions,
): WindowDouble & { load(url: string): void } {
  const hears = new EventEmitter();
  const page = createContents(electron.ipcMain, hears);
  const exposed: Record<string, unknown> = {};
  electron.app.emit('web-contents-created', {}, page.contents);
  const ipcRenderer: Pick<IpcRenderer, 'send' | 'on' | 'off'> = {
    send: (channel, ...args) => page.sendFrom(page.mainFrame, channel, ...args),
    on: (channel, listener) => hears.on(channel, listener) as unknown as IpcRenderer,
    off: (channel, listener) => hears.off(channel, listener) as unknown as IpcRenderer,
  };
  return {
    options,
    contents: page.contents,
    mainFrame: page.mainFrame,
    opens: page.opens,
    sendFrom: page.sendFrom,
    exposed,
    renderer: {
      ipcRenderer,
      contextBridge: {
        exposeInMainWorld: (key, api) => {
          exposed[key] = api;
        },
      },
    },
    load(url) {
      const details = { url, isMainFrame: true, isSameDocument: false };
      page.contents.emit('did-start-navigation', details);
      page.mainFrame.url = url;
      // As Chromium does for a standard scheme; Node knows no origin of `teller:`.
      const { protocol, host } = new URL(url);
      page.mainFrame.origin = `${protocol}//${host}`;
    },
    close: page.destroy,
  };
}

/** safeStorage over a key that lives as long as the double; `backend` is what Linux would select. */
export function createSafeStorageDouble() {
  const key = randomBytes(32);
  const state = { backend: 'gnome_libsecret', available: true, shouldReEncrypt: false };
  const double: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
  > = {
    isAsyncEncryptionAvailable: async () => state.available,
    getSelectedStorageBackend: () =>
      state.backend as ReturnType<SafeStorage['getSelectedStorageBackend']>,
    async encryptStringAsync(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    async decryptStringAsync(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const opened = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
      const { shouldReEncrypt } = state;
      state.shouldReEncrypt = false;
      return { result: opened.toString('utf8'), shouldReEncrypt };
    },
  };
  return { double, state };
}

/** What the session was told to answer, by the name of the setter. */
function createSession() {
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const keep = (name: string) => (handler: unknown) => {
    handlers[name] = handler as (...args: never[]) => unknown;
  };
  const double: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
    | 'setSpellCheckerEnabled'
  > = {
    setPermissionRequestHandler: keep('permissionRequest'),
    setPermissionCheckHandler: keep('permissionCheck'),
    setDevicePermissionHandler: keep('devicePermission'),
    setDisplayMediaRequestHandler: keep('displayMedia'),
    setSpellCheckerEnabled: (enable) => keep('spellChecker')(() => enable),
  };
  return { double, handlers };
}

/** What main did before and beside its windows. */
export interface Told {
  /** Calls in their order, by name: `enableSandbox`, `crashReporter.start`, ... */
  readonly calls: string[];
  readonly paths: Record<string, string>;
  readonly schemes: Electron.CustomScheme[];
  menu: Electron.MenuItemConstructorOptions[];
  exitCode: number | undefined;
  serve: ((request: Request) => Response | Promise<Response>) | undefined;
}

function createApp(told: Told, lockIsFree: () => boolean) {
  const app = new EventEmitter();
  const end = (code: number): void => {
    told.exitCode ??= code;
    app.emit('will-quit', {});
  };
  const part: Pick<
    App,
    | 'enableSandbox'
    | 'requestSingleInstanceLock'
    | 'whenReady'
    | 'setPath'
    | 'quit'
    | 'exit'
    | 'isPackaged'
  > = {
    isPackaged: false,
    enableSandbox: () => void told.calls.push('enableSandbox'),
    requestSingleInstanceLock: () => lockIsFree(),
    whenReady: async () => void told.calls.push('ready'),
    setPath: (name, path) => {
      told.paths[name] = path;
    },
    quit() {
      let prevented = false;
      app.emit('before-quit', { preventDefault: () => (prevented = true) });
      if (!prevented) end(0);
    },
    exit: (code) => end(code ?? 0),
  };
  return Object.assign(app, part);
}

/** Makes the stand-in. `electron` is what main imports; the rest is for the test to look and to act. */
export function createElectronDouble(options: { lockIsFree?: () => boolean } = {}) {
  const told: Told = {
    ...{ calls: [], paths: {}, schemes: [], menu: [] },
    ...{ exitCode: undefined, serve: undefined },
  };
  const windows: (WindowDouble & { load(url: string): void })[] = [];
  const app = createApp(told, options.lockIsFree ?? (() => true));
  const ipcMain = new EventEmitter();
  const session = createSession();
  const safeStorage = createSafeStorageDouble();
  const protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
    registerSchemesAsPrivileged(schemes) {
      told.calls.push('registerSchemes');
      told.schemes.push(...schemes);
    },
    handle(_scheme, handler) {
      told.serve = handler as NonNullable<Told['serve']>;
    },
  };
  const crashReporter: Pick<CrashReporter, 'start'> = {
    start: ({ uploadToServer }) => void told.calls.push(`crashReporter:${uploadToServer}`),
  };
  // A constructor that returns an object: `new BrowserWindow` gives what we made.
  function Window(constructorOptions: BrowserWindowConstructorOptions): unknown {
    const window = createWindow({ app, ipcMain }, cross(constructorOptions));
    windows.push(window);
    return Object.assign(new EventEmitter(), {
      webContents: window.contents as unknown as WebContents,
      show: () => void told.calls.push('show'),
      focus: () => void told.calls.push('focus'),
      loadURL: async (url: string) => window.load(url),
    } satisfies Pick<BrowserWindow, 'webContents' | 'show' | 'focus' | 'loadURL'>);
  }
  const shown: unknown[] = [];
  const BrowserWindowDouble = Object.assign(
    function make(constructorOptions: BrowserWindowConstructorOptions) {
      const window = Window(constructorOptions);
      shown.push(window);
      return window;
    },
    { getAllWindows: () => shown },
  );
  const Menu = {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => {
      told.menu = menu;
    },
  };
  const electron = {
    app: app as unknown as App,
    ipcMain: ipcMain as unknown as IpcMain,
    BrowserWindow: BrowserWindowDouble as unknown as typeof BrowserWindow,
    Menu: Menu as unknown as typeof Electron.Menu,
    protocol: protocol as Protocol,
    crashReporter: crashReporter as CrashReporter,
    safeStorage: safeStorage.double as SafeStorage,
    session: { defaultSession: session.double as Session } as typeof Electron.session,
  } satisfies Partial<typeof Electron.CrossProcessExports>;
  return { electron, told, windows, handlers: session.handlers, safeStorage: safeStorage.state };
}
