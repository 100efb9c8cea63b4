// Handles the change of one's own password.
import { refuseUnless } from '../bank/refusal.ts';
import { passwordSecret } from '../ledger/projections/staff-secrets.ts';
import type { Asker } from './desk.ts';
import { firstStage, needsFactor, type SessionDesk } from './session-desk.ts';
import { checkNewPassword } from './staff-password.ts';

export function passwordHandlers(desk: SessionDesk) {
  const { prover, seats, staff, secrets, credentials, log } = desk;
  return {
    /** Ends the person's sessions in all other windows: whoever knew the old password is out. */
    async 'session.changePassword'(
      { current, next }: { current: string; next: string },
      { window }: Asker,
    ) {
      const { person } = desk.seatedIn(window, 'password-change', 'open');
      const bank = staff.branch()?.bank ?? '';
      const factor = person.hasFactor || needsFactor(person.roles);
      checkNewPassword(next, { user: person.user, name: person.name, bank, factor }, 'next');
      refuseUnless(
        next !== current,
        'password-same',
        'The new password is the present one; choose another.',
        'next',
      );
      const sentence = 'That is not your present password.';
      const proof = { field: 'current', sentence, window, purpose: 'password-change' };
      await prover.password({ user: person.user, password: current }, proof);
      const hash = Buffer.from(await credentials.hash(next));
      // The seat may have gone while the hashes were made: then nothing is changed.
      desk.seatedIn(window, 'password-change', 'open');
      await log.submit(() => {
        secrets.set(passwordSecret(person.id), hash);
        const data = { staff: person.id, window };
        const actor = String(person.id);
        log.append({ type: 'staff.password-changed', actor, key: '', digest: '', data });
      });
      desk.end(person.id, 'Your password was changed at another window; sign in again.', window);
      const changed = staff.byId(person.id);
      if (changed) seats.change(window, { stage: firstStage(changed) });
      desk.announcer.changed(['staff', 'log']);
      return desk.state(window);
    },
  };
}
