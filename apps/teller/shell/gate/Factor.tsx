// The second factor: the code the person's authenticator shows now.
import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { errorAt } from '../../parts/Notice.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useMoveSession } from '../../state/useSession.ts';
import { CodeField } from './CodeField.tsx';
import { GateForm } from './Form.tsx';
import styles from './Gate.module.css';

export function Factor(props: { isDemonstration: boolean }) {
  const [code, setCode] = useState('');
  const factor = useSessionCommand('session.factor');
  const leaving = useSessionCommand('session.close');
  const move = useMoveSession();

  const submit = async (): Promise<void> => {
    move(await factor.send({ code }));
    setCode('');
  };
  return (
    <GateForm
      title="Second factor"
      action="Go on"
      fault={factor.fault}
      fields={['code']}
      isRunning={factor.isRunning}
      onSubmit={() => void submit()}
      more={<Button onPress={() => void leaving.send({}).then(move)}>Somebody else</Button>}
    >
      <CodeField value={code} onChange={setCode} error={errorAt(factor.fault, 'code')} />
      {props.isDemonstration ? <DemonstrationCodes /> : null}
    </GateForm>
  );
}

function DemonstrationCodes() {
  const { data } = useQuery('demonstration.card', {});
  const codes = (data?.people ?? []).filter((person) => person.code !== null);
  if (codes.length === 0) return null;
  return (
    <p className={styles.dim}>
      {codes.map((person) => `${person.user}: ${person.code}`).join('   ')}
    </p>
  );
}
