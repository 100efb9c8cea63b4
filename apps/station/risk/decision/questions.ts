// The two questions a teller asks when a posting is unusual but not worth a supervisor.
import type { RiskView } from '#contract/risk.ts';

export const questions: RiskView['questions'] = [
  {
    field: 'purpose',
    question: 'What is the money for?',
    answers: [
      { value: 'everyday', label: 'everyday life' },
      { value: 'purchase', label: 'something bought' },
      { value: 'family', label: 'family' },
      { value: 'investment', label: 'an investment' },
      { value: 'asked-to', label: 'somebody asked for it' },
    ],
  },
  {
    field: 'relation',
    question: 'Who does it go to, or come from?',
    answers: [
      { value: 'self', label: 'the customer' },
      { value: 'known', label: 'somebody known in person' },
      { value: 'business', label: 'a business' },
      { value: 'stranger', label: 'somebody never met' },
      { value: 'told-by-phone', label: 'told by telephone or message' },
    ],
  },
];

/** The refusal's sentence: what to ask, in the teller's words. */
export const questionsSentence =
  'This is unusual for the account. Ask the customer what the money is for and who it goes to, then post it with the answers.';
