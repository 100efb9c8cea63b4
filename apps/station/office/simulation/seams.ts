// The places where the simulation hands over to the protocol, so that a mutant can stand in at one of them.
import * as model from '../protocol/branch-model.ts';
import type { GrantRequest, HeadOffice } from '../protocol/head-office.ts';
import type { LinkState } from '../protocol/link.ts';
import { beginRecovery } from '../protocol/office-recovery.ts';
import type { OfficeState } from '../protocol/office-state.ts';
import type { Declaration } from '../protocol/rejoin.ts';
import type { Cover } from '../protocol/stand-in.ts';
import type {
  Link,
  OfficeAccount,
  Position,
  Push,
  PushReply,
  ReserveReply,
  ReserveRequest,
} from '../protocol/values.ts';

import { judgeOf } from './orders.ts';

/** What a branch does about a reservation after an answer, or after none (null). */
export type Verdict = 'pay' | 'again' | 'doubt' | 'give-up';

export interface OfficeSide {
  readonly office: HeadOffice;
  readonly state: OfficeState;
}

export interface Seams {
  push(side: OfficeSide, push: Push): PushReply;
  pull(side: OfficeSide, branch: string, after: Position): readonly Link[];
  reserve(side: OfficeSide, request: ReserveRequest): ReserveReply;
  grant(side: OfficeSide, request: GrantRequest): void;
  /** What head office does by itself as time passes: nothing. */
  tick(side: OfficeSide, now: number): void;
  /** The state that goes on when the primary is lost, and how old its copy is. */
  failOver(state: OfficeState, older: () => OfficeState): OfficeState;
  /** Takes items in; false when they do not follow from what was taken. */
  applyDown(branch: model.BranchState, links: readonly Link[]): boolean;
  share(branch: model.BranchState, number: string, wantedMinor: bigint): void;
  ask(branch: model.BranchState, key: string, account: OfficeAccount, amountMinor: bigint): void;
  /** What to do about a reservation; `null`: the deadline passed. */
  decide(branch: model.BranchState, key: string, reply: ReserveReply | null): Verdict;
  payReserved(branch: model.BranchState, key: string): boolean;
  payOffline(branch: model.BranchState, question: model.OfflineQuestion): Cover;
  /** The link after a push's answer. */
  believe(before: LinkState, after: LinkState): LinkState;
  /** The link after a push's deadline passed; `null`: as the protocol has it. */
  unanswered(before: LinkState, push: Push): LinkState | null;
  /** The state a branch starts with from its disk, when its newest is `truth`. */
  start(disk: model.BranchState, truth: model.BranchState): model.BranchState;
  /** An older copy takes head office's place: it lends nothing until all were heard out. */
  restore(state: OfficeState, copy: string): void;
  /** People let a branch in again that had items the copy lacks. */
  rejoin(side: OfficeSide, declaration: Declaration): void;
  /** A branch says that a copy has everything of it. */
  recover(branch: model.BranchState, copy: string): void;
  /** What a crash takes from the disk: nothing. */
  crash(branch: model.BranchState): void;
}

const judge = judgeOf();

/** The protocol as it is. */
export const protocol: Seams = Object.freeze({
  push: ({ office }: OfficeSide, push: Push) => office.push(push),
  pull: ({ office }: OfficeSide, branch: string, after: Position) => office.pull(branch, after),
  reserve: ({ office }: OfficeSide, request: ReserveRequest) => office.reserve(request),
  grant: ({ office }: OfficeSide, request: GrantRequest) => void office.grant(request),
  tick: () => undefined,
  // Acknowledged means: the synchronous standby has it too.
  failOver: (state: OfficeState) => state,
  applyDown: (branch: model.BranchState, links: readonly Link[]) =>
    model.applyDown(branch, links, judge),
  share: (branch: model.BranchState, number: string, wantedMinor: bigint) =>
    void model.share(branch, number, wantedMinor),
  ask: model.ask,
  decide(branch: model.BranchState, key: string, reply: ReserveReply | null): Verdict {
    if (reply === null) return 'doubt';
    if (reply.kind === 'waiting') return 'again';
    model.answered(branch, key, reply.kind === 'reserved');
    return branch.asked.get(key)?.state === 'reserved' ? 'pay' : 'give-up';
  },
  payReserved: model.payReserved,
  payOffline: model.payOffline,
  believe: (_before: LinkState, after: LinkState) => after,
  unanswered: () => null,
  // The witness outside the file knows the newest head: an older file is refused, a person brings the right one.
  start: (disk: model.BranchState, truth: model.BranchState) =>
    disk.log.length < truth.log.length ? truth : disk,
  restore: beginRecovery,
  rejoin: ({ office }: OfficeSide, declaration: Declaration) => office.rejoin(declaration),
  recover: model.recover,
  crash: () => undefined,
});
