// Makes a lost branch again from head office, step by step, by an administrator's word: `qenex branch restore`.
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, systemTerminal } from '#host/passphrase.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { makeFolder } from '#station/folder.ts';
import { bundleName, readBundle } from '#station/office/client/bundle.ts';
import { restoreBranch } from '#station/restore.ts';
import { portsOf } from '../branch.ts';
import type { Command, Context, Outcome } from '../command.ts';

async function run({ folder, options }: Context): Promise<Outcome> {
  const { office, staff } = options;
  if (staff === undefined) {
    throw new Refusal('bad-usage', 'Name the administrator who lets the others in: --staff USER.');
  }
  makeFolder(folder);
  const place = join(folder, bundleName);
  if (office !== undefined && !existsSync(place)) copyFileSync(office, place);
  const bundle = readBundle(folder);
  if (!bundle) {
    throw new Refusal('bad-usage', `Head office's file is missing: --office FILE, or ${place}.`);
  }
  const [password = ''] = await ask(systemTerminal, [`A first password for ${staff}: `]);
  const restored = await restoreBranch(portsOf(folder), {
    ...{ bundle, administrator: staff, password },
    onProgress: (events) => {
      if (events % 100_000 < 4_000) process.stderr.write(`${events} events\n`);
    },
  });
  const { from, device, people } = restored;
  const text = [
    `Branch ${bundle.branch} is made again up to event ${from.seq} (${from.hash}).`,
    `What it did after that event had not reached head office and is lost: count the tills and the vault.`,
    `1. At head office, having seen who you are: replace-device ${bundle.branch} ${device} NOTE`,
    `2. Open the branch; ${staff} signs in with the password just given and changes it.`,
    `3. ${staff} gives ${people} others new passwords (word "staff"); authenticators are set up at their sign-in.`,
  ].join('\n');
  return { ok: true, json: { ok: true, ...restored }, text };
}

export const branchRestore: Command = Object.freeze({
  words: 'branch restore',
  parameters: [],
  options: {
    office: 'file that `npm run office -- enrol` gave out for this branch',
    staff: 'user name of an administrator of the branch, who gets the first password',
  },
  summary: 'makes a branch whose disk is lost again from head office',
  run,
});
