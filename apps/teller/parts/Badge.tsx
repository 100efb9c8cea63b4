// Says a state by word, shape and colour together, so that none of them is needed to read it.
import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classes } from './classes.ts';
import { Icon, type IconName } from './Icon.tsx';
import { plain } from './words.ts';

/** Red: money is wrong or blocked. Amber: a person is needed. Green: rare. Calm: everything else. */
export type Tone = 'calm' | 'accent' | 'green' | 'amber' | 'red';

const known: Readonly<Record<string, readonly [Tone, IconName]>> = {
  open: ['calm', 'dot'],
  closed: ['calm', 'cross'],
  dormant: ['amber', 'clock'],
  frozen: ['red', 'lock'],
  paused: ['amber', 'clock'],
  counting: ['amber', 'clock'],
  posted: ['calm', 'tick'],
  reversed: ['amber', 'back'],
  reversal: ['calm', 'back'],
  correction: ['calm', 'back'],
  waiting: ['amber', 'clock'],
  requested: ['amber', 'clock'],
  offered: ['amber', 'clock'],
  accepted: ['calm', 'tick'],
  approved: ['green', 'tick'],
  declined: ['red', 'cross'],
  withdrawn: ['calm', 'back'],
  cancelled: ['calm', 'cross'],
  void: ['calm', 'cross'],
  active: ['calm', 'dot'],
  locked: ['amber', 'lock'],
  disabled: ['calm', 'cross'],
  invited: ['amber', 'clock'],
  lapsed: ['calm', 'cross'],
  enrolled: ['calm', 'tick'],
  expired: ['amber', 'clock'],
  revoked: ['calm', 'stop'],
  queued: ['calm', 'clock'],
  sent: ['calm', 'next'],
  settled: ['green', 'tick'],
  rejected: ['amber', 'back'],
  returned: ['amber', 'back'],
  received: ['calm', 'tick'],
  unapplied: ['amber', 'person'],
  'sent-back': ['calm', 'back'],
  loading: ['accent', 'clock'],
  checked: ['calm', 'dot'],
  scheduled: ['calm', 'clock'],
  refused: ['red', 'stop'],
  done: ['calm', 'tick'],
  running: ['accent', 'clock'],
  held: ['green', 'tick'],
  failed: ['red', 'stop'],
  broken: ['red', 'stop'],
};

export function Badge(props: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={classes(styles.badge, styles[props.tone])}>
      <Icon name={props.icon} size={12} />
      {props.children}
    </span>
  );
}

/** The badge of a state word of the wire; an unknown word is shown calm rather than hidden. */
export function StateBadge(props: { state: string }) {
  const [tone, icon] = known[props.state] ?? (['calm', 'dot'] as const);
  return (
    <Badge tone={tone} icon={icon}>
      {plain(props.state)}
    </Badge>
  );
}
