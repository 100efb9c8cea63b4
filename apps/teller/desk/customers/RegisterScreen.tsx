// Registers a customer: a person or an organisation, identified by a document, with an address the networks take.
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useLast } from '../../state/last.ts';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { focusFirst, focusWrong } from '../counter/focus.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import styles from './customers.module.css';
import {
  blankRegistration,
  documentKinds,
  isFilled,
  type Registration,
  registrationOf,
  riskClasses,
} from './registration.ts';
import { SimilarCustomers } from './SimilarCustomers.tsx';

/** Fields of the form and where the contract has them, so that a refusal finds its line. */
const personLines = [
  ['Given name', 'givenName', 'details.givenName'],
  ['Family name', 'familyName', 'details.familyName'],
  ['In Latin letters', 'latinName', 'details.latinName'],
  ['Born on', 'birthDate', 'details.birthDate'],
  ['Nationality', 'nationality', 'details.nationality'],
] as const;

const organisationLines = [
  ['Name', 'name', 'details.name'],
  ['In Latin letters', 'latinName', 'details.latinName'],
  ['Register no.', 'registrationNumber', 'details.registrationNumber'],
  ['Registered in', 'registrationCountry', 'details.registrationCountry'],
  ['LEI', 'lei', 'details.lei'],
] as const;

const commonLines = [
  ['Street', 'streetName', 'details.address.streetName'],
  ['House no.', 'buildingNumber', 'details.address.buildingNumber'],
  ['Post code', 'postCode', 'details.address.postCode'],
  ['Town', 'townName', 'details.address.townName'],
  ['Country', 'country', 'details.address.country'],
  ['Phone', 'phone', 'details.phones'],
  ['E-mail', 'email', 'details.email'],
] as const;

const documentLines = [
  ['Document no.', 'documentNumber', 'details.documents.0.number'],
  ['Issued by', 'documentCountry', 'details.documents.0.country'],
  ['Valid until', 'documentExpiresOn', 'details.documents.0.expiresOn'],
] as const;

/** Fields that take a country's code (ISO 3166). */
const codeFields: ReadonlySet<string> = new Set([
  ...['nationality', 'registrationCountry', 'country', 'documentCountry'],
]);

type TextKey = Exclude<keyof Registration, 'kind' | 'documentKind' | 'riskClass'>;

export function RegisterScreen(props: { text: string }) {
  const [typed, setTyped] = useState(() => blankRegistration(props.text));
  const element = useRef<HTMLFormElement>(null);
  const registering = useCommand('customer.register');
  const replace = useScreens((screens) => screens.replace);
  const say = useLast((last) => last.say);
  const { fault } = registering;
  const set = (change: Partial<Registration>): void => setTyped({ ...typed, ...change });
  useTouched(isFilled(typed));
  useOpening(() => focusFirst(element.current));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const reply = await registering.send({ details: registrationOf(typed) });
    if (!reply) return focusWrong(element.current);
    say({ state: 'done', title: `Registered customer ${reply.customer}` });
    replace({ name: 'customers', customer: reply.customer });
  };
  const line = ([label, field, path]: readonly [string, TextKey, string]) => (
    <Field key={field} label={label} error={errorAt(fault, path)}>
      <TextInput
        value={typed[field]}
        placeholder={codeFields.has(field) ? 'two letters, such as DE' : undefined}
        kind={field.endsWith('On') || field === 'birthDate' ? 'date' : 'text'}
        onChange={(text) => set({ [field]: text })}
      />
    </Field>
  );
  const lines = typed.kind === 'person' ? personLines : organisationLines;
  return (
    <Halves
      left={
        <Panel title="New customer">
          <form
            ref={element}
            className={`${styles.form} ${styles.wide}`}
            onSubmit={(event) => void submit(event)}
          >
            <Field label="Kind">
              <Select
                value={typed.kind}
                choices={[
                  { value: 'person', label: 'natural person' },
                  { value: 'organisation', label: 'organisation' },
                ]}
                onChange={(kind) => set({ kind })}
              />
            </Field>
            {lines.map(line)}
            {commonLines.map(line)}
            <Field label="Document" error={errorAt(fault, 'details.documents.0.kind')}>
              <Select
                value={typed.documentKind}
                choices={documentKinds}
                onChange={(documentKind) => set({ documentKind })}
              />
            </Field>
            {documentLines.map(line)}
            <Field label="Risk class">
              <Select
                value={typed.riskClass}
                choices={riskClasses}
                onChange={(riskClass) => set({ riskClass })}
              />
            </Field>
            <div className={styles.all}>
              <FaultNotice
                fault={fault}
                fields={[...lines, ...commonLines, ...documentLines].map(([, , path]) => path)}
              />
              <div className={styles.end}>
                <Button kind="main" chord="Enter" isOff={registering.isRunning}>
                  Register
                </Button>
              </div>
            </div>
          </form>
        </Panel>
      }
      right={<SimilarCustomers typed={typed} />}
    />
  );
}
