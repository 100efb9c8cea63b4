// Denies every page everything the workstation does not need, whichever window it is in.
import type { App, Session } from 'electron';
import { isOurs } from './origin.ts';

/** Permissions are granted by default in Electron, so each way to ask for one is answered no. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  // The spell checker fetches its dictionaries from elsewhere.
  session.setSpellCheckerEnabled(false);
}

/**
 * Denies navigation off our origin, webviews and new windows, for every web contents there will ever
 * be. A page of ours that opens our own address gets a window made by us, with our preferences.
 */
export function denyNavigation(app: App, openWindow: () => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isOurs(url) && isOurs(contents.getURL())) openWindow();
      return { action: 'deny' };
    });
  });
}
