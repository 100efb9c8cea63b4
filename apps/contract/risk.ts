// Fraud risk: decisions with their reasons, verdicts that teach, models that are proven before they serve.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { currency, date, instant, line, minor, nothing, reason, sequence } from './values.ts';

const basisPoints = z.number().int().min(0).max(10_000);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in 64 hexadecimal digits');

/** What a decision may come to. Models never block: that is left to rules and persons. */
export const riskAction = z.enum(['allow', 'ask', 'hold']);
export const riskBand = z.enum(['LOW', 'MEDIUM', 'HIGH']);

/** How scores become decisions: dated data, proposed by one person and activated by another. */
export const riskPolicy = z
  .strictObject({
    /** `shadow` reckons and records everything and changes nothing; `off` asks no model. */
    mode: z.enum(['live', 'shadow', 'off']),
    /** What one review by a supervisor costs, in whole units of the money moved. */
    reviewCost: z.number().int().min(0).max(100_000),
    /** What two questions by the teller cost, in whole units of the money moved. */
    questionCost: z.number().int().min(0).max(100_000),
    /** Part of the amount that is lost where fraud is not stopped. */
    lossBasisPoints: basisPoints,
    /** Below these probabilities nothing is asked or held, whatever the amount. */
    askBasisPoints: basisPoints,
    holdBasisPoints: basisPoints,
    /** From here up it is held even when the day's reviews are used up. */
    alwaysHoldBasisPoints: basisPoints,
    /** Most holds by the models alone among the newest 1,000 decisions. */
    holdsPerThousand: z.number().int().min(0).max(1_000),
    /** How long a posting waits for the models before the rules decide alone. */
    deadlineMs: z.number().int().min(5).max(2_000),
    /** After so many days without a complaint a posting counts as legitimate. */
    quietDays: z.number().int().min(7).max(365),
    /** How long a challenger is scored beside the champion before it may take over. */
    shadowDays: z.number().int().min(0).max(365),
    /** First business date it holds. */
    from: date,
  })
  .refine((policy) => policy.askBasisPoints <= policy.holdBasisPoints, {
    message: 'is higher than the probability from which a posting is held',
    path: ['askBasisPoints'],
  })
  .refine((policy) => policy.holdBasisPoints <= policy.alwaysHoldBasisPoints, {
    message: 'is higher than the probability from which a posting is always held',
    path: ['holdBasisPoints'],
  });
export type RiskPolicy = z.output<typeof riskPolicy>;

/** The two questions of the teller and what can be answered. */
export const riskAnswers = z.strictObject({
  /** What the money is for. */
  purpose: z.enum(['everyday', 'purchase', 'family', 'investment', 'asked-to']),
  /** Who the money goes to, or came from. */
  relation: z.enum(['self', 'known', 'business', 'stranger', 'told-by-phone']),
});
export type RiskAnswers = z.output<typeof riskAnswers>;

/** What the preview says of the risk of a draft. */
export const riskView = z.object({
  action: riskAction,
  band: riskBand,
  /** Why the models said nothing, in words; empty where they did. */
  silence: z.string(),
  /** True where the decision is only written down. */
  isShadow: z.boolean(),
  reasons: z.array(z.string()),
  /** The questions to ask, where the action is to ask and they are not answered yet. */
  questions: z.array(
    z.object({
      field: z.enum(['purpose', 'relation']),
      question: z.string(),
      answers: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
});
export type RiskView = z.output<typeof riskView>;

export const riskVerdict = z.enum(['fraud', 'legitimate', 'unsure']);
export const verdictReason = z.enum([
  'customer-confirmed',
  'customer-denied',
  'document-seen',
  'known-pattern',
  'victim-reported',
  'other-bank-reported',
  'court-or-police',
  'other',
]);

export const verdictLine = z.object({
  verdict: riskVerdict,
  reason: verdictReason,
  evidence: z.string(),
  by: z.string(),
  at: instant,
  /** What it counts when models learn, in hundredths; 0 with `why` where it may not teach. */
  weightHundredths: z.number().int(),
  why: z.string(),
});

/** The answer the program before this one gave, for those who still read it. */
export const fraudAssessment = z.object({
  fraud_assessment: z.object({
    risk_level: riskBand,
    risk_score: z.number(),
    reasons: z.array(z.string()),
  }),
  final_decision: z.enum(['APPROVE', 'MANUAL_REVIEW', 'REJECT']),
});
export type FraudAssessment = z.output<typeof fraudAssessment>;

export const riskCard = z.object({
  /** The event that carries the decision: a posting or a request for approval. */
  subject: sequence,
  at: instant,
  state: z.enum(['scored', 'rules-alone', 'not-scored']),
  silence: z.string(),
  action: riskAction,
  /** What it would have come to, were the policy not in shadow mode. */
  would: riskAction,
  band: riskBand,
  /** 0 to 1; null where no model answered. */
  probability: z.number().nullable(),
  model: z.string(),
  policy: z.string(),
  /** Whether the stored vector scored again by the stored model gave the same bits; null: not asked. */
  replayed: z.boolean().nullable(),
  reasons: z.array(z.string()),
  /** What would have made it ordinary, as a sentence; empty where nothing was tried. */
  ordinary: z.string(),
  /** Whether what would be ordinary was scored again to the same bits; null where nothing stands. */
  isOrdinaryTrue: z.boolean().nullable(),
  answers: riskAnswers.nullable(),
  /** What each feature was and what it added to the score, largest first. */
  features: z.array(
    z.object({
      name: z.string(),
      family: z.string(),
      unit: z.string(),
      value: z.number().nullable(),
      contribution: z.number().nullable(),
    }),
  ),
  /** Earlier decisions most alike and what became of them. */
  similar: z.array(
    z.object({
      subject: sequence,
      at: instant,
      what: z.string(),
      amountMinor: minor,
      currency,
      distance: z.number(),
      outcome: z.string(),
    }),
  ),
  /** The account's last movements, newest first. */
  movements: z.array(
    z.object({
      journal: sequence,
      at: instant,
      what: z.string(),
      amountMinor: minor,
      currency,
    }),
  ),
  verdicts: z.array(verdictLine),
  /** False where the person at this window approved, posted or owns what the case is about. */
  mayTeach: z.boolean(),
  predecessor: fraudAssessment,
});
export type RiskCard = z.output<typeof riskCard>;

export const gateLine = z.object({ gate: z.string(), passed: z.boolean(), figure: z.string() });

export const modelLine = z.object({
  hash,
  kind: z.string(),
  step: z.string(),
  state: z.enum(['challenger', 'champion', 'retired', 'rejected']),
  trainedAt: instant,
  trainedBy: z.string(),
  promotedAt: instant.nullable(),
  promotedBy: z.string().nullable(),
  /** Business dates on which it was scored beside the champion. */
  shadowDays: z.number().int(),
  /** What its days in the shadow say of it and of the champion; empty where it had none. */
  shadow: z.array(z.object({ label: z.string(), text: z.string() })),
  isDemonstration: z.boolean(),
  gates: z.array(gateLine),
  /** The model card, generated from the run, as lines. */
  card: z.array(z.object({ label: z.string(), text: z.string() })),
  /** What stands against its promotion by the person at this window; empty where nothing does. */
  against: z.string(),
});
export type ModelLine = z.output<typeof modelLine>;

const point = z.object({ x: z.number(), y: z.number() });

export const riskOverview = z.object({
  ladder: z.object({
    step: z.number().int(),
    name: z.string(),
    sentence: z.string(),
    attempts: z.number().int(),
    frauds: z.number().int(),
  }),
  policy: riskPolicy,
  policyHash: hash,
  isOn: z.boolean(),
  proposals: z.array(
    z.object({
      proposal: sequence,
      policy: riskPolicy,
      reason: z.string(),
      by: z.string(),
      at: instant,
      isBackTested: z.boolean(),
      /** What its last trial on the past said; empty before the first. */
      tested: z.string(),
      against: z.string(),
    }),
  ),
  worker: z.object({
    isAlive: z.boolean(),
    isWarm: z.boolean(),
    training: z.number().nullable(),
    /** Why the last training came to nothing; empty otherwise. */
    trouble: z.string(),
  }),
  alarms: z.array(z.string()),
  models: z.array(modelLine),
  /** One point a business date. */
  days: z.array(
    z.object({
      date,
      decisions: z.number().int(),
      alone: z.number().int(),
      asked: z.number().int(),
      held: z.number().int(),
      stopped: z.number().int(),
      real: z.number().int(),
    }),
  ),
  /** Of 1,000 decisions: how many were stopped, and how many of those were real, by now. */
  stoppedPerThousand: z.number(),
  realPerThousand: z.number(),
  latencyUs: z.object({ p50: z.number(), p99: z.number(), count: z.number().int() }),
  /** Curves of the newest model's hold-out; empty before the first. */
  precisionRecall: z.array(point),
  reliability: z.array(point),
  importance: z.array(z.object({ name: z.string(), share: z.number() })),
  drift: z.array(z.object({ name: z.string(), psi: z.number(), state: z.string() })),
  /** Supervisors whose verdicts stand out when the model is taught without them. */
  supervisors: z.array(
    z.object({
      name: z.string(),
      verdicts: z.number().int(),
      suspicious: z.number().int(),
      isNamed: z.boolean(),
    }),
  ),
});
export type RiskOverview = z.output<typeof riskOverview>;

export const backTest = z.object({
  decisions: z.number().int(),
  days: z.number().int(),
  inForce: z.object({ asked: z.number().int(), held: z.number().int(), real: z.number().int() }),
  proposed: z.object({ asked: z.number().int(), held: z.number().int(), real: z.number().int() }),
  frauds: z.number().int(),
  sentence: z.string(),
});
export type BackTest = z.output<typeof backTest>;

const readers = ['supervisor', 'compliance', 'auditor', 'administrator'] as const;
const governors = ['supervisor', 'compliance', 'administrator'] as const;

export const riskOperations = {
  'risk.overview': query({
    access: readers,
    input: nothing,
    output: riskOverview,
    topics: ['risk', 'approval', 'journal'],
  }),
  /** The whole decision behind a posting or a request for approval. */
  'risk.card': query({
    access: ['supervisor', 'compliance', 'auditor'],
    input: z.strictObject({ subject: sequence }),
    output: riskCard,
    topics: ['risk', 'approval'],
  }),
  /** A verdict on a case; it teaches unless its author has a hand in the case. */
  'risk.judge': command({
    access: ['supervisor', 'compliance'],
    input: z.strictObject({
      subject: sequence,
      verdict: riskVerdict,
      reason: verdictReason,
      evidence: line(280).default(''),
    }),
    output: z.object({ subject: sequence, teaches: z.boolean(), why: z.string() }),
  }),
  /** Trains a challenger beside the counter and judges it at the gates. */
  'risk.train': command({
    access: governors,
    input: nothing,
    output: z.object({ started: sequence }),
  }),
  /** A second person puts a challenger that passed its gates in the champion's place. */
  'risk.promote': command({
    access: governors,
    input: z.strictObject({ model: hash, reason }),
    output: z.object({ model: hash }),
  }),
  /** Back to the model before, at once. */
  'risk.restore': command({
    access: governors,
    input: z.strictObject({ reason }),
    output: z.object({ model: z.string() }),
  }),
  /** The kill switch: rules alone until somebody turns it back. */
  'risk.switch': command({
    access: governors,
    input: z.strictObject({ isOn: z.boolean(), reason }),
    output: z.object({ isOn: z.boolean() }),
  }),
  'risk.propose': command({
    access: governors,
    input: z.strictObject({ policy: riskPolicy, reason }),
    output: z.object({ proposal: sequence }),
  }),
  /** What a proposed policy would have done to the decisions of the past. */
  'risk.backtest': command({
    access: governors,
    input: z.strictObject({ proposal: sequence }),
    output: backTest,
  }),
  /** A second person puts a back-tested proposal in force. */
  'risk.activate': command({
    access: governors,
    input: z.strictObject({ proposal: sequence }),
    output: z.object({ proposal: sequence }),
  }),
} as const;
