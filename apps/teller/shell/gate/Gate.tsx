// The way in: first start, sign-in, second factor, forced change, enrolment and unlock, one small form each.
import type { ReactNode } from 'react';
import type { SessionState } from '#contract/session.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Brand } from '../Brand.tsx';
import { AttachDesk } from './AttachDesk.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { EnrolFactor } from './EnrolFactor.tsx';
import { Establish } from './Establish.tsx';
import { Factor } from './Factor.tsx';
import styles from './Gate.module.css';
import { SignIn } from './SignIn.tsx';
import { Unlock } from './Unlock.tsx';

function formOf(session: SessionState): ReactNode {
  switch (session.stage) {
    case 'attach':
      return <AttachDesk />;
    case 'establish':
      return <Establish />;
    case 'signed-out':
      return <SignIn isDemonstration={session.demonstration} />;
    case 'factor':
      return <Factor isDemonstration={session.demonstration} />;
    case 'password-change':
      return <ChangePassword name={session.person?.name ?? ''} user={session.person?.user} />;
    case 'enrol':
      return <EnrolFactor />;
    case 'locked':
      return <Unlock name={session.person?.name ?? ''} user={session.person?.user} />;
    case 'open':
      return null;
  }
}

export function Gate(props: { session: SessionState; message: string }) {
  const { session, message } = props;
  return (
    <main className={styles.gate}>
      <div className={styles.panel}>
        <Brand bank={session.bank} branch={session.branch?.name ?? ''} />
        {session.demonstration ? (
          <Notice tone="amber">Demonstration branch: invented people, invented money.</Notice>
        ) : null}
        {message ? <Notice tone="calm">{message}</Notice> : null}
        {formOf(session)}
      </div>
    </main>
  );
}
