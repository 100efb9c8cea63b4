// Serves the built screens as one Request -> Response handler, so that both windowed hosts say the same.
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export interface PageOptions {
  /** Folder of the built screens (`dist/screens`). */
  readonly folder: string;
  /** Where the page may open connections: its own origin for the kiosk's WebSocket, nowhere in Electron. */
  readonly connect: 'self' | 'none';
}

export type PageHandler = (request: Request) => Promise<Response>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};

/** The Content-Security-Policy without exceptions: own files only, no inline code or style, no eval. */
export function contentSecurityPolicy(connect: PageOptions['connect']): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    `connect-src '${connect}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Headers of every answer, refusals included. */
export function securityHeaders(connect: PageOptions['connect']): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
  };
}

/** The file's path inside the folder that a URL asks for, or undefined when it asks for none of ours. */
function pathOf(url: URL): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path === '/') return 'index.html';
  // Letters that could climb, hide or name a device are refused before any file is looked for.
  return /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(path) ? path.slice(1) : undefined;
}

async function readInside(folder: string, path: string): Promise<Uint8Array | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    // The separator matters: `/screens-old` starts with `/screens` too.
    if (!file.startsWith(root + sep)) return undefined;
    return await readFile(file);
  } catch {
    return undefined;
  }
}

/**
 * Makes the handler. GET and HEAD are answered with a file of the folder, anything else with 405; a path
 * that is not a plain file of a known type inside the folder with 404. Never throws.
 */
export function createPage({ folder, connect }: PageOptions): PageHandler {
  const base = securityHeaders(connect);
  const refuse = (status: number, sentence: string, more: Record<string, string> = {}): Response =>
    new Response(`${sentence}\n`, {
      status,
      headers: { ...base, ...more, 'Content-Type': 'text/plain; charset=utf-8' },
    });
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(405, 'The screens are only read.', { Allow: 'GET, HEAD' });
    }
    const path = pathOf(new URL(request.url));
    const type = path === undefined ? undefined : types[extname(path)];
    const bytes = path === undefined || !type ? undefined : await readInside(folder, path);
    if (!bytes || !type || !path) return refuse(404, 'There is no such file among the screens.');
    // Built files under assets/ carry the hash of their content in their name.
    const cache = path.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-store';
    const headers = { ...base, 'Content-Type': type, 'Cache-Control': cache };
    const body = request.method === 'HEAD' ? null : Uint8Array.from(bytes);
    return new Response(body, {
      headers: { ...headers, 'Content-Length': String(bytes.byteLength) },
    });
  };
}
