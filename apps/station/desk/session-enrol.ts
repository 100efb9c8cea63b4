// Handles the setting up of a person's second factor.
import { refuseUnless } from '../bank/refusal.ts';
import type { StaffRow } from '../ledger/projections/staff.ts';
import { factorSecret } from '../ledger/projections/staff-secrets.ts';
import type { Asker } from './desk.ts';
import { firstStage, type SessionDesk } from './session-desk.ts';
import { base32, enrolmentUri, matchingStep, seedBytes } from './session-factor.ts';

export function factorHandlers(desk: SessionDesk) {
  const { seats, staff, secrets, log, clock, chance } = desk;
  return {
    'session.enrolFactor'(_input: object, { window }: Asker) {
      const { person } = desk.seatedIn(window, 'enrol', 'open');
      refuseSecondFactor(person);
      const seed = chance.bytes(seedBytes);
      seats.change(window, { newSeed: seed });
      const issuer = staff.branch()?.bank ?? 'QENEX Teller';
      return { secret: base32(seed), uri: enrolmentUri({ issuer, user: person.user, seed }) };
    },
    async 'session.confirmFactor'({ code }: { code: string }, { window }: Asker) {
      const { person, seat } = desk.seatedIn(window, 'enrol', 'open');
      const seed = seat.newSeed;
      refuseUnless(seed, 'not-now', 'No new authenticator waits to be confirmed; begin again.');
      const step = matchingStep({ seed, code, at: clock.now(), lastStep: 0 });
      refuseUnless(
        step !== null,
        'code-wrong',
        'That code is not the one shown now. Check that the clock of the device is right.',
        'code',
      );
      await log.submit(() => {
        refuseSecondFactor(staff.byId(person.id) ?? person);
        secrets.set(factorSecret(person.id), seed);
        const data = { staff: person.id, step, window };
        const actor = String(person.id);
        log.append({ type: 'staff.factor-enrolled', actor, key: '', digest: '', data });
      });
      const enrolled = staff.byId(person.id);
      if (enrolled) seats.change(window, { stage: firstStage(enrolled), newSeed: null });
      desk.announcer.changed(['staff', 'log']);
      return desk.state(window);
    },
  };
}

/** A factor is replaced only after somebody else has reset it: an open window alone must not be enough. */
function refuseSecondFactor(person: StaffRow): void {
  refuseUnless(
    !person.hasFactor,
    'factor-present',
    'You have an authenticator already; an administrator resets it before a new one is set up.',
  );
}
