// The people of the demonstration branch, each with the telephone that shows their codes.
import { demonstrationPerson } from '#station/demonstration/people.ts';
import { openRobot, type Robot } from '../robot.ts';
import { type Authenticator, createAuthenticator } from './authenticator.ts';
import type { Second, VaultCount } from './day.ts';
import type { Desk } from './desk.ts';

/** An open window, from which further ones may be asked for. */
export interface Opener {
  readonly request: Desk['page'];
  readonly origin: string;
}

export interface People {
  authenticator(user: string): Authenticator;
  /** Signs somebody in at a window, the second factor where there is one. */
  signIn(desk: Desk, user: string): Promise<void>;
  /** Somebody as the second person of a count. */
  second(user: string): Promise<Second>;
  /** A window without a page, signed in. */
  robot(from: Opener, user: string): Promise<Robot>;
}

export function createPeople(): People {
  const phones = new Map<string, Authenticator>();
  const authenticator = (user: string): Authenticator => {
    const { totpSecret } = demonstrationPerson(user);
    if (totpSecret === null) throw new Error(`${user} has no second factor`);
    const phone = phones.get(user) ?? createAuthenticator(totpSecret);
    phones.set(user, phone);
    return phone;
  };
  return Object.freeze({
    authenticator,
    async signIn(desk: Desk, user: string) {
      const { password, totpSecret } = demonstrationPerson(user);
      await desk.gate.signIn(user, password);
      if (totpSecret !== null) await desk.gate.giveCode(await authenticator(user).code());
      await desk.gate.inside();
    },
    async second(user: string) {
      const { password, totpSecret } = demonstrationPerson(user);
      if (totpSecret === null) return { user, password };
      return { user, password, code: await authenticator(user).code() };
    },
    async robot({ request, origin }: Opener, user: string) {
      const answer = await request.request.post(`${origin}/window`, { headers: { origin } });
      const robot = await openRobot(((await answer.json()) as { url: string }).url);
      const { password, totpSecret } = demonstrationPerson(user);
      await robot.ask('session.open', { user, password });
      if (totpSecret !== null) {
        await robot.ask('session.factor', { code: await authenticator(user).code() });
      }
      return robot;
    },
  });
}

/** What lies in the vault, piece by piece: what two people with time and patience would find. */
export async function vaultPieces(robot: Robot): Promise<VaultCount> {
  const { tills } = await robot.ask('till.list', {});
  const vault = tills.find(({ kind }) => kind === 'vault');
  return Object.fromEntries(
    (vault?.positions ?? []).map(({ currency, denominations }) => [currency, denominations ?? {}]),
  );
}
