// Builds what cannot run from source: the screens for a browser, main and preload for Electron.
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { external } from './apps/house.ts';

const root = import.meta.dirname;
const builtins = [...builtinModules, /^node:/];

export default defineConfig({
  root: join(root, 'apps/teller'),
  base: './',
  plugins: [react()],
  cacheDir: join(root, 'node_modules/.vite'),
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
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
        target: 'chrome140',
      },
    },
    desktop: {
      consumer: 'server',
      resolve: { noExternal: true, external: [...external] },
      build: {
        outDir: join(root, 'dist/desktop'),
        emptyOutDir: false,
        minify: false,
        target: 'node24',
        rolldownOptions: {
          input: { main: join(root, 'apps/host/desktop/main.ts') },
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
