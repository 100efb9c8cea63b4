// Proves each door of the desktop shut, on a stand-in for Electron: windows, navigation, permissions, frames.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { WebContents } from 'electron';
import { frameBytesMax, type Pipe } from '#contract/wire.ts';
import { denyNavigation, denyPermissions } from './deny.ts';
import { createElectronDouble, type FrameDouble } from './electron-double.ts';
import { channel, isOurs, lineChannel } from './origin.ts';
import { createPipes } from './pipes.ts';
import { openWindow } from './window.ts';

/** A window as main opens it, before a station that remembers frames and can be made to push. */
function open() {
  const double = createElectronDouble();
  const { app, ipcMain, BrowserWindow, session } = double.electron;
  const frames: unknown[] = [];
  const reports: string[] = [];
  const pipes: Pipe[] = [];
  let detached = 0;
  const lines = createPipes({
    ipcMain,
    attach(pipe) {
      pipes.push(pipe);
      pipe.receive((frame) => frames.push(frame));
      return () => {
        detached += 1;
      };
    },
    report: (_where, error) => reports.push((error as Error).message),
  });
  const options = { BrowserWindow, pipes: lines, preload: '/built/preload.cjs', isPackaged: true };
  denyPermissions(session.defaultSession);
  denyNavigation(app, () => openWindow(options));
  openWindow(options);
  const [window] = double.windows;
  assert.ok(window);
  return { double, window, lines, frames, reports, pipes, detached: () => detached };
}

const frame = { id: 1, name: 'session.state', input: {} };
const text = JSON.stringify(frame);

test('a window has no Node, its own world, a sandbox, and no developer tools when packaged', () => {
  const { window } = open();
  const { preload, ...preferences } = window.options.webPreferences ?? {};
  assert.equal(preload, '/built/preload.cjs');
  assert.deepEqual(preferences, {
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
    devTools: false,
  });
  assert.equal(window.mainFrame.url, 'teller://station/index.html');
});

test('every permission is denied, however it is asked for', () => {
  const { handlers } = open().double;
  for (const permission of ['media', 'geolocation', 'notifications', 'usb', 'clipboard-read']) {
    let granted: boolean | undefined;
    const request = handlers.permissionRequest as (
      contents: null,
      permission: string,
      callback: (granted: boolean) => void,
    ) => void;
    request(null, permission, (answer) => {
      granted = answer;
    });
    assert.equal(granted, false, permission);
  }
  assert.equal(handlers.permissionCheck?.(), false);
  assert.equal(handlers.devicePermission?.(), false);
  assert.equal(handlers.spellChecker?.(), false);
});

const elsewhere = [
  'https://evil.example/',
  'https://evil.example/?next=teller://station/',
  'teller://station.evil.example/',
  'teller://evil@station/',
  'teller://station:8080/',
  'tellers://station/',
  'file:///etc/passwd',
  'about:blank',
  'javascript:alert(1)',
  'data:text/html,x',
  '',
];

test('an address is ours only when scheme and host are exactly ours', () => {
  assert.ok(isOurs('teller://station/index.html#till'));
  for (const url of elsewhere) assert.ok(!isOurs(url), url);
});

test('navigation, redirection and frames off our origin are prevented', () => {
  const { window } = open();
  const tried = (event: string, details: Record<string, unknown>): boolean => {
    let prevented = false;
    window.contents.emit(event, { ...details, preventDefault: () => (prevented = true) });
    return prevented;
  };
  for (const url of elsewhere) {
    for (const event of ['will-navigate', 'will-redirect']) assert.ok(tried(event, { url }), url);
    assert.ok(tried('will-frame-navigate', { url, isMainFrame: true }), url);
  }
  const ours = 'teller://station/index.html';
  assert.ok(tried('will-frame-navigate', { url: ours, isMainFrame: false }), 'a sub-frame of ours');
  assert.ok(!tried('will-navigate', { url: ours }));
  assert.ok(tried('will-attach-webview', {}));
});

test('a page opens no window; our own address gives one made by us', () => {
  const { window, double } = open();
  for (const url of elsewhere) assert.deepEqual(window.opens(url), { action: 'deny' });
  assert.equal(double.windows.length, 1);
  assert.deepEqual(window.opens('teller://station/'), { action: 'deny' });
  assert.equal(double.windows.length, 2);
  assert.equal(double.windows[1]?.options.webPreferences?.sandbox, true);
  window.mainFrame.url = 'https://evil.example/';
  window.opens('teller://station/');
  assert.equal(double.windows.length, 2, 'a page that is not ours opens nothing');
});

test('a frame of the main frame of our page reaches the station, and pushes reach the page', () => {
  const { window, frames, pipes } = open();
  const heard: unknown[] = [];
  window.renderer.ipcRenderer.on(channel, (_event, pushed) => heard.push(pushed));
  window.renderer.ipcRenderer.send(channel, text);
  assert.deepEqual(frames, [frame]);
  pipes[0]?.send({ event: 'changed', payload: ['till'] });
  assert.deepEqual(heard, ['{"event":"changed","payload":["till"]}']);
});

test('strangers get silence: no frame, a sub-frame, another origin, a contents never admitted', () => {
  const { window, frames, reports, pipes, double } = open();
  const { mainFrame } = window;
  const strangers: (FrameDouble | null)[] = [
    null,
    { ...mainFrame },
    { origin: 'https://evil.example', url: 'https://evil.example/' },
  ];
  for (const stranger of strangers) window.sendFrom(stranger, channel, text);
  for (const [origin, url] of [
    ['null', 'teller://station/'],
    ['teller://station', 'about:blank'],
    ['teller://station', ''],
    ['https://evil.example', 'https://evil.example/'],
  ] as const) {
    Object.assign(mainFrame, { origin, url });
    window.sendFrom(mainFrame, channel, text);
  }
  const foreign = Object.assign(new EventEmitter(), { mainFrame: { ...mainFrame } });
  double.electron.ipcMain.emit(channel, { sender: foreign, senderFrame: foreign.mainFrame }, text);
  assert.deepEqual([frames, pipes], [[], []]);
  assert.equal(reports.length, 8);
});

test('what is no text, too large or not JSON is reported by its kind and goes no further', () => {
  const { window, frames, reports } = open();
  const large = JSON.stringify({ id: 1, name: 'x', input: 'a'.repeat(frameBytesMax) });
  for (const bad of [frame, 7, null, undefined, new Map(), '{"secret":', large]) {
    window.sendFrom(window.mainFrame, channel, bad);
  }
  assert.deepEqual(frames, []);
  assert.equal(reports.length, 7);
  assert.ok(!reports.some((report) => report.includes('secret')), 'contents are never told');
});

test('a page loaded anew, a lost renderer and a closed window each end the sign-in', () => {
  const { window, pipes, frames, detached } = open();
  const send = () => window.sendFrom(window.mainFrame, channel, text);
  let closed = 0;
  send();
  pipes[0]?.closed?.(() => {
    closed += 1;
  });
  window.load('teller://station/index.html');
  assert.deepEqual([detached(), closed], [1, 1]);
  pipes[0]?.send({ event: 'late', payload: null });
  send();
  assert.equal(pipes.length, 2, 'the new page has a pipe of its own');
  window.contents.emit('render-process-gone', {});
  assert.equal(detached(), 2);
  send();
  window.close();
  assert.equal(detached(), 3);
  send();
  assert.equal(frames.length, 3, 'a closed window says nothing');
});

test('moving inside the same document keeps the sign-in', () => {
  const { window, detached } = open();
  window.sendFrom(window.mainFrame, channel, text);
  const details = { isMainFrame: true, isSameDocument: true };
  window.contents.emit('did-start-navigation', details);
  assert.equal(detached(), 0);
});

test('after the end nothing is heard', () => {
  const { window, lines, frames, detached } = open();
  window.sendFrom(window.mainFrame, channel, text);
  lines.close();
  window.sendFrom(window.mainFrame, channel, text);
  assert.deepEqual([frames.length, detached()], [1, 1]);
  lines.admit(window.contents as unknown as WebContents);
});

/** A window at a desk: its station is elsewhere, and answers or does not as the test says. */
function openAtDesk() {
  const { electron, windows } = createElectronDouble();
  const { ipcMain, BrowserWindow } = electron;
  const seen: string[] = [];
  const frames: unknown[] = [];
  const waiting: ((isThere: boolean) => void)[] = [];
  let lose = (): void => undefined;
  const reached = {
    abandon: () => void seen.push('abandoned'),
    carry(pipe: Pipe, hangUp: () => void) {
      lose = hangUp;
      pipe.receive((one) => frames.push(one));
      return () => void seen.push('let go');
    },
  };
  const pipes = createPipes({
    ipcMain,
    attach: () => assert.fail('the station is elsewhere'),
    reach: () =>
      new Promise((resolve, reject) =>
        waiting.push((isThere) => (isThere ? resolve(reached) : reject(new Error('nobody')))),
      ),
    report: () => undefined,
  });
  openWindow({ BrowserWindow, pipes, preload: '/built/preload.cjs', isPackaged: true });
  const [window] = windows;
  assert.ok(window);
  window.renderer.ipcRenderer.on(lineChannel, (_event, word) => void seen.push(String(word)));
  const answer = async (isThere: boolean): Promise<void> => {
    waiting.shift()?.(isThere);
    await new Promise(setImmediate);
  };
  const ask = () => window.renderer.ipcRenderer.send(lineChannel);
  return { window, seen, frames, answer, ask, lose: () => lose() };
}

test('at a desk a line is asked for, lost and asked for again; no frame goes without one', async () => {
  const { window, seen, frames, answer, ask, lose } = openAtDesk();
  const send = () => window.renderer.ipcRenderer.send(channel, text);
  send();
  assert.deepEqual(seen.splice(0), ['closed'], 'there is no line yet');
  ask();
  await answer(false);
  assert.deepEqual(seen.splice(0), ['closed']);
  ask();
  await answer(true);
  send();
  assert.deepEqual([seen.splice(0), frames.splice(0)], [['open'], [frame]]);
  lose();
  assert.deepEqual(seen.splice(0), ['let go', 'closed']);
  ask();
  window.sendFrom({ origin: 'https://evil.example', url: 'https://evil.example/' }, lineChannel);
  window.contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  await answer(true);
  assert.deepEqual(seen.splice(0), ['abandoned'], 'the page that asked is gone');
  assert.deepEqual(frames, []);
});
