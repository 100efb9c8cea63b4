// Serves the screens from source with hot reload, inside the kiosk's own server: same origin, same gate.
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Middleware } from './server.ts';

/** What hot reload needs beyond the strict policy: inline scripts and styles, in development alone. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Starts Vite in middleware mode over the repository's own configuration. */
export async function develop(root: string, server: Server): Promise<Middleware> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server } },
  });
  server.once('close', () => void vite.close());
  return (request, response, next) => {
    response.setHeader('Content-Security-Policy', policy);
    vite.middlewares(request, response, next);
  };
}
