// Shows in the window, in words, why the branch cannot be opened, when the station refuses to start.
import type { Refusal } from '#station/bank/refusal.ts';
import { type PageHandler, securityHeaders } from './page.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

const style = `:root { color-scheme: light dark; font: 16px/1.5 sans-serif }
body { max-width: 40rem; margin: 20vh auto; padding: 0 2rem }
h1 { font-size: 1.25rem } code { opacity: 0.7 }
`;

/** A page of one sentence, the refusal's own, with nothing to run. */
export function createRefusalPage({ reason, message }: Refusal): PageHandler {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>QENEX Teller cannot open the branch</title>
<link rel="stylesheet" href="/refused.css"></head>
<body><main role="alert"><h1>The branch was not opened</h1><p>${escapeHtml(message)}</p>
<p>Nothing was changed. <code>${escapeHtml(reason)}</code></p></main></body></html>
`;
  return async (request) => {
    const isStyle = new URL(request.url).pathname === '/refused.css';
    return new Response(isStyle ? style : html, {
      headers: {
        ...securityHeaders('none'),
        'Content-Type': `text/${isStyle ? 'css' : 'html'}; charset=utf-8`,
        'Cache-Control': 'no-store',
      },
    });
  };
}
