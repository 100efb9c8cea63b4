// Lists the tasks behind `npm start`, `npm test` and the rest: what each needs and which file does it.

/**
 * `file` is run by Node 24 with `args` and what follows on the command line. `system` names what the task
 * needs of Debian (see packages.mjs); what is only wanted is reported and done without.
 * @type {Readonly<Record<string, { file: string, args?: string[], needs?: string[], wants?: string[] }>>}
 */
export const tasks = Object.freeze({
  start: { file: 'apps/host/setup/start.ts', wants: ['browser'] },
  desktop: { file: 'apps/host/setup/start.ts', args: ['--host=desktop'] },
  dev: { file: 'apps/host/setup/start.ts', args: ['--host=kiosk', '--dev'], wants: ['browser'] },
  test: {
    file: 'apps/host/setup/suite.ts',
    args: ['lint', 'types', 'unit', 'build', 'kernel', 'e2e'],
    needs: ['chromium', 'fonts', 'oracles', 'compiler', 'postgres'],
    wants: ['kernel', 'model', 'verifier'],
  },
  check: {
    file: 'apps/host/setup/suite.ts',
    args: ['lint', 'types', 'unit'],
    wants: ['oracles', 'compiler'],
  },
  build: { file: 'apps/host/setup/suite.ts', args: ['build'] },
  e2e: {
    file: 'apps/host/setup/suite.ts',
    args: ['build', 'e2e', '--'],
    needs: ['chromium', 'fonts'],
  },
  pack: { file: 'apps/host/setup/suite.ts', args: ['build', 'pack', '--'] },
  bench: { file: 'bench/run.ts', wants: ['oracles'] },
  office: { file: 'apps/host/office/main.ts', needs: ['postgres'], wants: ['verifier'] },
  simulate: { file: 'bench/office-simulate.ts' },
  qenex: { file: 'apps/host/cli/main.ts' },
});
