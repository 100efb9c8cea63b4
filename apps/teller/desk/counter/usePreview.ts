// Shows what a draft would do, with the notes the station proposes where none were typed, and posts exactly that.
import { useCallback } from 'react';
import type { DraftInput } from '#contract/drafts.ts';
import type { Preview } from '#contract/postings.ts';
import type { Fault } from '#contract/wire.ts';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import type { Queries } from '../../state/queries.ts';
import { useStation } from '../../state/station.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { answersOf, useRiskAnswers } from '../risk/answers.ts';
import { withProposals } from './form.ts';

type Proposals = Preview['proposals'];

export interface Previewed {
  /** What would be posted, or what would have been for the draft before while the answer is awaited. */
  readonly preview: Preview | undefined;
  /** Notes and coins that stand in the preview because the station proposes them. */
  readonly proposals: Proposals;
  readonly fault: Fault | undefined;
  readonly isFresh: boolean;
  readonly isSlow: boolean;
}

const none: Proposals = [];

/** Follows the draft; `null` while it is not complete. */
export function usePreview(draft: DraftInput | null): Previewed {
  const asked = useQuery('posting.preview', draft ? { draft } : null, { keep: true });
  const proposals = asked.data?.proposals ?? none;
  const filled = draft && asked.isFresh && proposals.length > 0;
  const second = useQuery(
    'posting.preview',
    filled ? { draft: withProposals(draft, proposals) } : null,
    { keep: true },
  );
  const shown = filled ? second : asked;
  return {
    preview: draft ? (shown.data ?? asked.data) : undefined,
    proposals,
    fault: shown.fault ?? asked.fault,
    isFresh: asked.isFresh && shown.isFresh,
    isSlow: asked.isSlow || shown.isSlow,
  };
}

async function answerOf(queries: Queries, draft: DraftInput): Promise<Preview> {
  const known = queries.read('posting.preview', { draft });
  if (known.data && !known.pending) return known.data;
  return queries.fetch('posting.preview', { draft });
}

export interface Posting {
  readonly isRunning: boolean;
  readonly isUnsure: boolean;
  readonly fault: Fault | undefined;
  /**
   * Posts the draft as previewed. Resolves with true when it is posted or parked, with the refusals of the
   * preview when the bank says no, and with false when the sending was refused (see `fault`).
   */
  post(draft: DraftInput): Promise<true | false | Preview['refusals']>;
}

export function usePosting(): Posting {
  const { queries } = useStation();
  const command = useCommand('posting.post');
  const say = useLast((last) => last.say);
  const { send } = command;

  const post = useCallback(
    async (draft: DraftInput) => {
      const first = await answerOf(queries, draft).catch(() => undefined);
      const filled = first ? withProposals(draft, first.proposals) : draft;
      const shown = first?.proposals.length
        ? await answerOf(queries, filled).catch(() => first)
        : first;
      if (shown?.outcome === 'refused') return shown.refusals;
      const digest = shown ? { contentDigest: shown.contentDigest } : {};
      const { chosen, clear } = useRiskAnswers.getState();
      const answers = shown?.risk?.questions.length ? answersOf(chosen) : {};
      const reply = await send({ draft: filled, ...digest, ...answers });
      if (!reply) return false;
      clear();
      const title = shown?.title ?? '';
      say(
        reply.state === 'posted'
          ? { state: 'posted', title, journal: reply.journal }
          : { state: 'parked', title, approval: reply.approval },
      );
      focusCommandBar();
      return true;
    },
    [queries, send, say],
  );
  return { isRunning: command.isRunning, isUnsure: command.isUnsure, fault: command.fault, post };
}
