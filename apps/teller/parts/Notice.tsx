// The four faces of a screen that has nothing to show: empty, loading, failed, offline; and one for a warning.
import type { ReactNode } from 'react';
import type { Fault } from '#contract/wire.ts';
import { classes } from './classes.ts';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Notice.module.css';

export type NoticeTone = 'calm' | 'amber' | 'red' | 'green';

const icons: Readonly<Record<NoticeTone, IconName>> = {
  calm: 'dot',
  amber: 'warning',
  red: 'stop',
  green: 'tick',
};

/** One sentence in a box, with the shape and colour of how much it matters. */
export function Notice(props: {
  tone: NoticeTone;
  children: ReactNode;
  /** Read out when it appears. */
  isLoud?: boolean;
}) {
  return (
    <div
      className={classes(styles.notice, styles[props.tone])}
      role={props.isLoud ? 'alert' : undefined}
    >
      <Icon name={icons[props.tone]} />
      <div>{props.children}</div>
    </div>
  );
}

/** What stands where a list or a card would be, when there is none. */
export function Empty(props: { children: ReactNode }) {
  return <p className={styles.empty}>{props.children}</p>;
}

interface Awaited {
  readonly data: unknown;
  readonly fault: Fault | undefined;
  readonly isSlow: boolean;
}

/** Stands in for an answer that is not there: nothing at first, then that it takes long, or why it failed. */
export function Waiting(props: { for: Awaited; what: string }) {
  const { data, fault, isSlow } = props.for;
  if (fault) {
    return (
      <Notice tone={fault.code === 'lost' ? 'amber' : 'red'} isLoud>
        {fault.message}
      </Notice>
    );
  }
  if (data !== undefined || !isSlow) return null;
  return <p className={styles.empty} role="status">{`Fetching ${props.what} …`}</p>;
}

/** A refusal that belongs to no single field. */
export function FaultNotice(props: { fault: Fault | undefined; fields?: readonly string[] }) {
  const { fault, fields = [] } = props;
  if (!fault || (fault.field !== undefined && fields.includes(fault.field))) return null;
  return (
    <Notice tone="red" isLoud>
      {fault.message}
    </Notice>
  );
}

const demands: Readonly<Record<string, string>> = {
  ...{ is: 'must be', has: 'must have', holds: 'must hold', says: 'must say' },
};

/** What a value is, and should not be; everything else says what it should be. */
const isFound = /^(is (not|empty|missing)|has more than|holds (a control|half))\b/;

/**
 * A sentence of the contract's shape begins with the path of the field, at which it stands already: `“user” is 2
 * to 32 letters` becomes `This must be 2 to 32 letters`.
 */
function atField(sentence: string): string {
  const [whole, rest = ''] = /^“[^”]*” (.*)$/s.exec(sentence) ?? [];
  if (whole === undefined) return sentence;
  const verb = rest.split(' ', 1)[0] ?? '';
  const demand = isFound.test(rest) ? undefined : demands[verb];
  return `This ${demand === undefined ? rest : demand + rest.slice(verb.length)}`;
}

/** The sentence for one field, when the refusal is about it or about something inside it. */
export function errorAt(fault: Fault | undefined, field: string): string | undefined {
  const at = fault?.field;
  if (!fault || !(at === field || at?.startsWith(`${field}.`))) return undefined;
  return atField(fault.message);
}
