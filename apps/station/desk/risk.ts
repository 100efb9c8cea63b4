// Handles risk: the models page, decisions and verdicts, and what two persons put in force.
import type { Checked, Output } from '#contract/index.ts';
import { canonicalText } from '#station/bank/canonical.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { ModelRow, ProposalRow } from '#station/ledger/projections/risk-reads.ts';
import { policyHash, readRiskPolicy } from '#station/risk/decision/policy.ts';
import { type Counter, instant } from './counter.ts';
import type { Asker, Handlers, KeyedHandler, Person } from './desk.ts';
import { backTestOf } from './risk-back-test.ts';
import { handsOf, riskCardOf, subjectOf, whyNot } from './risk-cards.ts';
import { fallBackWhenWrong } from './risk-fallback.ts';
import { createLessons, type Lessons } from './risk-lesson.ts';
import { riskMetrics } from './risk-metrics.ts';
import { againstActivation, againstPromotion, overviewOf } from './risk-overview.ts';

type RiskHandlers = Pick<Handlers, Extract<keyof Handlers, `risk.${string}`>>;

export interface RiskDesk {
  readonly handlers: RiskHandlers;
  /** How the models stand, for monitoring. */
  metrics(): string;
  /** Ends what is being read and learned, and the models' thread. */
  close(): Promise<void>;
}

function signedIn({ person }: Asker): Person {
  refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
  return person;
}

export function createRiskDesk(counter: Counter): RiskDesk {
  const { ledger, risk, report, announcer } = counter;
  const lessons = createLessons({
    ...{ ledger, risk, report, now: () => Math.trunc(counter.clock.now()) },
    isDemonstration: counter.demonstration,
    nameOf: counter.people.nameOf,
    announce: () => announcer.changed(['risk']),
  });
  const handlers: RiskHandlers = Object.freeze({
    'risk.overview': async (_input: Checked<'risk.overview'>, asker: Asker) => {
      // In slices: what the ladder counts is known only when the whole log was read.
      await risk.feed.warm();
      return overviewOf(counter, lessons, signedIn(asker));
    },
    'risk.card': ({ subject }: Checked<'risk.card'>, asker: Asker) =>
      riskCardOf(counter, subject, signedIn(asker)),
    'risk.judge': judgeHandler(counter),
    'risk.train': trainHandler(lessons),
    'risk.promote': promoteHandler(counter),
    'risk.restore': restoreHandler(counter),
    'risk.switch': switchHandler(counter),
    'risk.propose': proposeHandler(counter),
    'risk.backtest': backTestHandler(counter, lessons),
    'risk.activate': activateHandler(counter),
  });
  return Object.freeze({
    handlers,
    metrics: () => riskMetrics(counter),
    async close() {
      risk.stop();
      lessons.close();
      await risk.scorer?.close();
    },
  });
}

function judgeHandler(counter: Counter): KeyedHandler<'risk.judge'> {
  return {
    record({ subject, verdict, reason, evidence }, { person }) {
      const event = subjectOf(counter, subject);
      const row = counter.risk.reads.decisionOf(event.seq);
      const why = whyNot(counter, person, event, verdict);
      const { accounts } = handsOf(counter, event, row);
      const teaches = why === '' && verdict !== 'unsure';
      // What may not teach does not move the features of later cases either.
      const counted = why === '' ? accounts : [];
      const said = { subject: event.seq, verdict, reason, evidence, touched: counted };
      return {
        type: 'risk.verdict-recorded',
        data: { ...said, weight: teaches ? 100 : 0, why },
        result: { subject: event.seq, teaches, why },
        topics: ['risk'],
        announce: () => fallBackWhenWrong(counter),
      };
    },
  };
}

function trainHandler(lessons: Lessons): KeyedHandler<'risk.train'> {
  return {
    record(_input, _asker, { seq }) {
      refuseUnless(
        lessons.progress() === null,
        'training-running',
        'A training is running already: wait for it to end.',
      );
      return {
        type: 'risk.training-started',
        data: { cutOff: seq - 1 },
        result: { started: seq },
        topics: ['risk'],
        announce: () => void lessons.begin(seq),
      };
    },
  };
}

function modelNamed(counter: Counter, hash: string): ModelRow {
  const row = counter.risk.reads.models().find((each) => each.hash === hash);
  refuseUnless(row, 'model-unknown', `There is no model ${hash.slice(0, 12)}.`, 'model');
  return row;
}

function promoteHandler(counter: Counter): KeyedHandler<'risk.promote'> {
  return {
    record({ model, reason }, { person }) {
      const row = modelNamed(counter, model);
      const against = againstPromotion(counter, row, person);
      if (against !== '') throw new Refusal('model-not-ready', against, 'model');
      // Read now: a champion whose file is gone would leave the rules alone without anybody noticing.
      counter.risk.models.model(model);
      const previous = counter.risk.reads.champion()?.hash ?? '';
      return {
        type: 'risk.model-promoted',
        data: { model, previous, reason },
        result: { model },
        topics: ['risk'],
        // The thread gets its model now, not with the first customer.
        announce: () => counter.risk.start(),
      };
    },
  };
}

function restoreHandler(counter: Counter): KeyedHandler<'risk.restore'> {
  return {
    record({ reason }) {
      const { reads } = counter.risk;
      const champion = reads.champion();
      refuseUnless(champion, 'no-model', 'No model is in force: there is nothing to go back from.');
      const model = reads.former()[0]?.hash ?? '';
      return {
        type: 'risk.model-restored',
        data: { model, previous: champion.hash, reason },
        result: { model },
        topics: ['risk'],
      };
    },
  };
}

function switchHandler(counter: Counter): KeyedHandler<'risk.switch'> {
  return {
    record({ isOn, reason }) {
      refuseUnless(
        counter.risk.reads.isOn() !== isOn,
        'risk-switch-same',
        isOn ? 'The models are on already.' : 'The models are off already.',
        'isOn',
      );
      return { type: 'risk.switched', data: { isOn, reason }, result: { isOn }, topics: ['risk'] };
    },
  };
}

function proposeHandler(counter: Counter): KeyedHandler<'risk.propose'> {
  return {
    record({ policy, reason }, _asker, { seq, date }) {
      refuseUnless(
        canonicalText({ ...policy, from: '' }) !==
          canonicalText({ ...counter.risk.policy(), from: '' }),
        'policy-same',
        'This is the policy already in force: nothing was proposed.',
        'policy',
      );
      refuseUnless(
        date === null || policy.from >= date,
        'policy-backdated',
        `A policy holds from today (${date}) or later, not from ${policy.from}: what was decided before stays as it was.`,
        'policy.from',
      );
      return {
        type: 'risk.policy-proposed',
        data: { policy, hash: policyHash(policy), reason },
        result: { proposal: seq },
        topics: ['risk'],
      };
    },
  };
}

function proposalNamed(counter: Counter, proposal: number): ProposalRow {
  const row = counter.risk.reads.proposals().find((each) => each.proposal === proposal);
  refuseUnless(row, 'proposal-unknown', `There is no proposal ${proposal}.`, 'proposal');
  return row;
}

type Tested = Output<'risk.backtest'>;

function backTestHandler(
  counter: Counter,
  lessons: Lessons,
): KeyedHandler<'risk.backtest', Tested> {
  return {
    async before({ proposal }) {
      const row = proposalNamed(counter, proposal);
      return backTestOf(counter, lessons, readRiskPolicy(JSON.parse(row.body)));
    },
    record({ proposal }, _asker, _moment, tested) {
      return {
        type: 'risk.policy-tested',
        data: { proposal },
        result: tested,
        topics: ['risk'],
      };
    },
  };
}

function activateHandler(counter: Counter): KeyedHandler<'risk.activate'> {
  return {
    record({ proposal }, { person }, { at }) {
      const row = proposalNamed(counter, proposal);
      const against = againstActivation(row, person);
      if (against !== '') throw new Refusal('proposal-not-ready', against, 'proposal');
      const { from } = readRiskPolicy(JSON.parse(row.body));
      return {
        type: 'risk.policy-activated',
        data: { proposal, from, activatedAt: instant(at) },
        result: { proposal },
        topics: ['risk'],
      };
    },
  };
}
