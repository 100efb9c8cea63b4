// What the models make of a draft, beside the form: why it is unusual, and the two questions to ask.
import { useEffect } from 'react';
import type { RiskAnswers, RiskView } from '#contract/risk.ts';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { useRiskAnswers } from './answers.ts';
import styles from './risk.module.css';

const open = { value: '', label: 'choose' } as const;

/** Says nothing where there is nothing to say. What is held stands among the flags already. */
export function RiskQuestions(props: { risk: RiskView | undefined }) {
  const { risk } = props;
  const { chosen, choose, clear } = useRiskAnswers();
  const isAsked = (risk?.questions.length ?? 0) > 0;
  // Answers belong to one posting: another draft begins without them.
  useEffect(() => clear, [clear]);
  if (!risk || !isAsked) return null;
  return (
    <section className={styles.questions} aria-label="Two questions">
      <Notice tone="amber">
        {`Unusual: ${risk.reasons.join('; ') || 'ask before it is posted'}. Ask the customer:`}
      </Notice>
      {risk.questions.map(({ field, question, answers }) => (
        <Field key={field} label={question} place="above">
          <Select
            value={(chosen as Record<string, string>)[field] ?? ''}
            choices={[open, ...answers]}
            onChange={(value) => choose(field as keyof RiskAnswers, value)}
          />
        </Field>
      ))}
    </section>
  );
}
