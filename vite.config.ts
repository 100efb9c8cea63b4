// Builds what cannot run from source: the screens for a browser, main and preload for Electron.
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { external } from './apps/house.ts';

const root = import.meta.dirname;
const builtins = [...builtinModules, /^node:/];

/** What to build: the kiosk needs the screens only. */
const wanted =
  process.env.TELLER_BUILD === 'screens' ? ['client'] : ['client', 'desktop', 'preload'];

/** How the station names a script of its own that runs in a thread: `new URL('./x.ts', import.meta.url)`. */
const script = /new URL\('(\.{1,2}\/[\w./-]+)\.ts', import\.meta\.url\)/g;

/** Scripts that the station starts by name, as inputs of their own: name in dist -> source file. */
function scripts(): Record<string, string> {
  const sources = globSync('apps/station/**/*.ts', { cwd: root }).filter(
    (file) => !/\.(test|fixture)\.ts$|\/faults\//.test(file),
  );
  const found = sources.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(script)].map((match) => join(root, dirname(file), `${match[1]}.ts`));
  });
  return Object.fromEntries(found.map((file) => [basename(file, '.ts'), file]));
}

/** All built files lie in one folder, so a script is found beside whoever names it. */
const besideMain: Plugin = {
  name: 'scripts-beside-main',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/apps/station/')) return undefined;
    const moved = (_all: string, path: string): string =>
      `new URL('./${basename(path)}.js', import.meta.url)`;
    const result = code.replace(script, moved);
    return result === code ? undefined : { code: result, map: null };
  },
};

export default defineConfig({
  root: join(root, 'apps/teller'),
  base: './',
  plugins: [react(), besideMain],
  cacheDir: join(root, 'node_modules/.vite'),
  builder: {
    async buildApp(builder) {
      for (const name of wanted) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: join(root, 'dist/screens'),
        emptyOutDir: true,
        // The policy allows files only: no data: URL, no inline polyfill.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        // The page comes from this machine: one file is quicker than many.
        chunkSizeWarningLimit: 2_000,
        target: 'chrome140',
        // How long a plugin took is no news to who wants to serve a customer.
        rolldownOptions: { checks: { bundlerTimings: false } },
      },
    },
    desktop: {
      consumer: 'server',
      resolve: { noExternal: true, external: [...external] },
      build: {
        outDir: join(root, 'dist/desktop'),
        emptyOutDir: true,
        minify: false,
        target: 'node24',
        rolldownOptions: {
          input: { main: join(root, 'apps/host/desktop/main.ts'), ...scripts() },
          external: [...external, 'electron', /^electron\//, ...builtins],
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: join(root, 'dist/desktop'),
        emptyOutDir: false,
        minify: false,
        target: 'node24',
        rolldownOptions: {
          input: { preload: join(root, 'apps/host/desktop/preload.ts') },
          external: ['electron', /^electron\//],
          // A sandboxed preload is CommonJS and may require electron only.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
