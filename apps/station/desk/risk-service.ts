// Answers the counter what the models and the policy say of a draft, in time or not at all.
import type { Draft } from '#contract/drafts.ts';
import type { RiskAnswers, RiskPolicy, RiskView } from '#contract/risk.ts';
import type { Facts } from '#station/bank/facts.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { RiskReads } from '#station/ledger/projections/risk-reads.ts';
import type { Clock, RiskScorer } from '#station/ports.ts';
import { budgetWindow, type Decision, decide } from '#station/risk/decision/decide.ts';
import type { Ordinary } from '#station/risk/decision/ordinary.ts';
import { defaultRiskPolicy, policyHash, readRiskPolicy } from '#station/risk/decision/policy.ts';
import { questions } from '#station/risk/decision/questions.ts';
import { itemOf, type RiskRecord } from '#station/risk/decision/record.ts';
import type { Attempt } from '#station/risk/features/attempt.ts';
import { featureVersion } from '#station/risk/features/catalogue.ts';
import { attemptsOfDraft } from '#station/risk/features/events.ts';
import { createExplainer } from './risk-explain.ts';
import { createFeatureFeed, type FeatureFeed } from './risk-features.ts';
import { createModelStore, type ModelStore, type PlacedModel } from './risk-models.ts';

export interface RiskQuestion {
  readonly draft: Draft;
  readonly teller: number;
  readonly answers: RiskAnswers | null;
  /** True where it is posted, not only looked at: then what would make it ordinary is tried, too. */
  readonly isPosted?: boolean;
}

/** What the rules are told, what the screen shows, and what the event carries. */
export interface Assessment {
  readonly fact: NonNullable<Facts['risk']> | null;
  readonly view: RiskView;
  readonly record: RiskRecord;
}

export interface RiskService {
  readonly reads: RiskReads;
  readonly feed: FeatureFeed;
  readonly models: ModelStore;
  readonly scorer: RiskScorer | null;
  /** The policy in force on the business date. */
  policy(): RiskPolicy;
  /** Begins to read the log where a model is in force, so that the first posting finds it ready. */
  start(): void;
  stop(): void;
  /** Null where the draft holds nothing the models look at. Never rejects. */
  assess(question: RiskQuestion): Promise<Assessment | null>;
}

export interface RiskServiceParts {
  readonly ledger: Pick<
    Ledger,
    'events' | 'head' | 'account' | 'accountByNumber' | 'append' | 'submit'
  >;
  readonly reads: RiskReads;
  readonly scorer: RiskScorer | null;
  readonly clock: Clock;
  readonly folder: string;
  readonly date: () => string | null;
  readonly report: (where: string, error: unknown) => void;
}

const silences: Readonly<Record<string, string>> = {
  'no-model': 'No model has been learned yet: the rules decide.',
  off: 'The models are switched off: the rules decide.',
  warming: 'The models are still reading the log: the rules decide.',
  'risk-deadline': 'The models did not answer in time: the rules decided.',
  'model-missing': 'The model’s file is not beside the branch: the rules decide.',
  'model-damaged': 'The model’s file is damaged: the rules decide.',
  'model-foreign': 'The model’s file is not one of this program: the rules decide.',
  'risk-worker-dead': 'The models’ thread had ended: the rules decided.',
};

/** Why no model spoke, in words. */
export const silenceOf = (why: string): string =>
  why === '' ? '' : (silences[why] ?? 'The models could not answer: the rules decided.');

/** Rather than fill the log, the same alarm is raised at most this often. */
const alarmMs = 600_000;

export interface Heard {
  readonly why: string;
  readonly model: PlacedModel | null;
  readonly challenger: PlacedModel | null;
  readonly vectors: readonly Float32Array[];
  readonly probabilities: readonly (number | null)[];
  readonly challenges: readonly (number | null)[];
}

interface EarParts extends RiskServiceParts {
  readonly feed: FeatureFeed;
  readonly models: ModelStore;
}

/** Asks the threads; what goes wrong there comes out as `why`, never as an error. */
function createEar(parts: EarParts) {
  const { reads, scorer, report, feed, models } = parts;
  const raise = createAlarm(parts);

  async function ask(
    place: 'fraud' | 'fraud-challenger',
    model: PlacedModel,
    vectors: readonly Float32Array[],
    deadlineMs: number,
  ): Promise<readonly number[]> {
    if (!scorer) throw new Refusal('no-model', 'This workstation runs without models.');
    const asked = vectors.map((vector) => scorer.score(place, model.rowOf(vector), deadlineMs));
    const scores = await Promise.all(asked);
    const other = scores.find(({ modelHash }) => modelHash !== model.hash);
    if (other) throw new Refusal('risk-model-moved', 'Another model answered than was asked.');
    return scores.map(({ probability }) => probability);
  }

  async function hear(attempts: readonly Attempt[], current: RiskPolicy): Promise<Heard> {
    const nothing = { challenger: null, vectors: [], probabilities: [], challenges: [] };
    const alone = (why: string): Heard => ({ ...nothing, why, model: null });
    if (!scorer) return alone('no-model');
    if (current.mode === 'off' || !reads.isOn()) return alone('off');
    const champion = reads.champion()?.hash ?? null;
    const trial = reads.challenger()?.hash ?? null;
    if (champion === null && trial === null) return alone('no-model');
    if (!feed.catchUp()) return alone(champion === null ? 'no-model' : 'warming');
    const model = models.placed('fraud', champion);
    const challenger = models.placed('fraud-challenger', trial);
    const vectors = attempts.map((attempt) => feed.reader.engine.vector(attempt));
    const blank = vectors.map(() => null);
    const heard = {
      ...nothing,
      model,
      challenger,
      vectors,
      probabilities: blank,
      challenges: blank,
    };
    const second = challenger
      ? ask('fraud-challenger', challenger, vectors, current.deadlineMs).catch(() => blank)
      : Promise.resolve(blank);
    // Before the first champion a challenger has its days in the shadow, too, beside the rules.
    if (champion === null) return { ...heard, why: 'no-model', challenges: await second };
    if (!model) {
      const trouble = models.trouble(champion);
      if (trouble) raise(trouble);
      return { ...heard, why: trouble ?? 'warming' };
    }
    try {
      const probabilities = await ask('fraud', model, vectors, current.deadlineMs);
      return { ...heard, why: '', probabilities, challenges: await second };
    } catch (error) {
      const why = error instanceof Refusal ? error.reason : 'risk-worker-failed';
      if (!(error instanceof Refusal)) report('risk', error);
      raise(why);
      return { ...heard, why };
    }
  }

  return hear;
}

export function createRiskService(parts: RiskServiceParts): RiskService {
  const { ledger, reads, scorer, clock, report } = parts;
  const feed = createFeatureFeed(ledger, report);
  const models = createModelStore(parts.folder, scorer, report);
  const hear = createEar({ ...parts, feed, models });
  const { reasonsFor, ordinaryFor } = createExplainer({ ledger, scorer, feed, policy });
  let known: { readonly text: string; readonly policy: RiskPolicy } | null = null;

  function policy(): RiskPolicy {
    const text = reads.policyOn(parts.date() ?? '9999-12-31');
    if (text === null) return defaultRiskPolicy;
    if (known?.text !== text) known = { text, policy: readRiskPolicy(JSON.parse(text)) };
    return known.policy;
  }

  async function assess(question: RiskQuestion): Promise<Assessment | null> {
    if (!scorer) return null;
    const began = clock.monotonic();
    const asOf = Math.trunc(clock.now());
    // A payee at another bank is known by the log alone; whoever it paid last must have been read.
    if (question.draft.task === 'payment.outgoing' && reads.champion()) feed.catchUp();
    const by = { at: asOf, teller: question.teller };
    const attempts = attemptsOfDraft(loose(question.draft), by, {
      idOf: (number) => ledger.accountByNumber(number)?.id,
      payeeId: feed.reader.payeeId,
    });
    if (attempts.length === 0) return null;
    const current = policy();
    const hearing = hear(attempts, current);
    // Up to the first answer of a thread everything was reckoned in one go: this is where the features stood.
    const position = feed.reader.position();
    const heard = await hearing;
    const lead = leadOf(heard.probabilities);
    const attempt = attempts[lead] as Attempt;
    const budget = reads.budget(budgetWindow);
    const scale = feed.reader.engine.state.accounts[attempt.account]?.scale ?? 1;
    const decision = decide({
      ...{ policy: current, probability: heard.probabilities[lead] ?? null, scale },
      ...{ mayHold: heard.model?.mayHold ?? false, amountMinor: attempt.amountMinor },
      ...{ heldRecently: budget.held, decidedRecently: budget.decided, answers: question.answers },
    });
    const isUnusual = decision.would !== 'allow';
    const [reasons, ordinary] = await Promise.all([
      isUnusual ? reasonsFor(heard, lead, attempt) : [],
      isUnusual && question.isPosted ? ordinaryFor(heard, attempt) : null,
    ]);
    const latencyUs = Math.max(0, Math.round((clock.monotonic() - began) * 1_000));
    const record = recordOf({
      ...{ heard, attempts, decision, reasons, position, asOf, latencyUs, budget },
      ...{ policy: current, answers: question.answers, ordinary },
    });
    return { record, view: viewOf(record, current), fact: factOf(record, lead, heard) };
  }

  return Object.freeze({
    ...{ reads, feed, models, scorer, policy, assess, stop: feed.stop },
    start() {
      const champion = reads.champion()?.hash ?? null;
      const trial = reads.challenger()?.hash ?? null;
      if (!scorer || (champion === null && trial === null)) return;
      void feed.warm();
      models.placed('fraud', champion);
      models.placed('fraud-challenger', trial);
    },
  });
}

/** The draft as the features read it: amounts of either form. */
function loose(draft: Draft): Parameters<typeof attemptsOfDraft>[0] {
  return draft as unknown as Parameters<typeof attemptsOfDraft>[0];
}

function leadOf(probabilities: readonly (number | null)[]): number {
  let lead = 0;
  probabilities.forEach((value, index) => {
    if ((value ?? -1) > (probabilities[lead] ?? -1)) lead = index;
  });
  return lead;
}

function recordOf(made: {
  readonly heard: Heard;
  readonly attempts: readonly Attempt[];
  readonly decision: Decision;
  readonly reasons: readonly string[];
  readonly position: number;
  readonly asOf: number;
  readonly latencyUs: number;
  readonly budget: { readonly held: number; readonly decided: number };
  readonly policy: RiskPolicy;
  readonly answers: RiskAnswers | null;
  readonly ordinary: readonly Ordinary[] | null;
}): RiskRecord {
  const { heard, decision, budget, policy, attempts, position, asOf, latencyUs, answers } = made;
  const { action, would, band, because } = decision;
  const items = heard.vectors.map((vector, index) =>
    itemOf(attempts[index] as Attempt, vector, {
      probability: heard.probabilities[index] ?? null,
      challenger: heard.challenges[index] ?? null,
    }),
  );
  return Object.freeze({
    ...{ version: 1 as const, state: heard.why === '' ? 'scored' : 'rules-alone', why: heard.why },
    ...{ position, asOf, featureVersion, items, model: heard.model?.hash ?? '' },
    ...{ challengerModel: heard.challenger?.hash ?? '', policy: policyHash(policy) },
    ...{ mayHold: heard.model?.mayHold ?? false, reasons: made.reasons, answers, latencyUs },
    ...{ heldRecently: budget.held, decidedRecently: budget.decided },
    ...{ action, would, band, because },
    ...(made.ordinary ? { ordinary: made.ordinary } : {}),
  });
}

function viewOf(record: RiskRecord, policy: RiskPolicy): RiskView {
  const { action, band, why, reasons, answers } = record;
  return {
    ...{ action, band, silence: silenceOf(why), reasons: [...reasons] },
    isShadow: policy.mode === 'shadow',
    questions: action === 'ask' && answers === null ? questions : [],
  };
}

function factOf(record: RiskRecord, lead: number, heard: Heard): Assessment['fact'] {
  const probability = heard.probabilities[lead] ?? null;
  if (probability === null) return null;
  const { action, reasons } = record;
  return { probability, reasons, model: record.model.slice(0, 12), action };
}

/** Writes an alarm into the log, seldom enough. */
function createAlarm({ ledger, clock, report }: RiskServiceParts): (why: string) => void {
  const raisedAt = new Map<string, number>();
  return (why) => {
    const now = clock.monotonic();
    const last = raisedAt.get(why);
    if (last !== undefined && now - last < alarmMs) return;
    raisedAt.set(why, now);
    const data = { alarm: why, message: silenceOf(why) };
    ledger
      .submit(() => ledger.append({ type: 'risk.alarm-raised', actor: 'system', data }))
      .catch((error: unknown) => report('risk alarm', error));
  };
}
