// Gives an authenticator its secret, as a picture and as text, and lets it prove that it works.
import { useEffect, useState } from 'react';
import type { Output } from '#contract/index.ts';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { QrCode } from '../../parts/QrCode.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useMoveSession } from '../../state/useSession.ts';
import { CodeField } from './CodeField.tsx';
import { GateForm } from './Form.tsx';
import styles from './Gate.module.css';

export function EnrolFactor() {
  const [code, setCode] = useState('');
  const [made, setMade] = useState<Output<'session.enrolFactor'>>();
  const making = useSessionCommand('session.enrolFactor');
  const confirming = useSessionCommand('session.confirmFactor');
  const move = useMoveSession();
  const { send } = making;

  useEffect(() => {
    void send({}).then(setMade);
  }, []);
  const submit = async (): Promise<void> => {
    move(await confirming.send({ code }));
    setCode('');
  };
  return (
    <GateForm
      title="Set up the second factor"
      action="Confirm"
      fault={confirming.fault}
      fields={['code']}
      isRunning={confirming.isRunning}
      onSubmit={() => void submit()}
    >
      <FaultNotice fault={making.fault} />
      {made ? (
        <div className={styles.enrol}>
          <QrCode text={made.uri} label="The secret as a QR code for an authenticator" />
          <div className={styles.form}>
            <p>Show this to the authenticator app on your telephone, or type the secret into it:</p>
            <p className={styles.secret}>{made.secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
            <p>Then type the code it shows.</p>
          </div>
        </div>
      ) : null}
      <CodeField value={code} onChange={setCode} error={errorAt(confirming.fault, 'code')} />
    </GateForm>
  );
}
