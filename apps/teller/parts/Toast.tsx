// Says in passing what happened elsewhere: a decision came, cash was offered. Never the only place it is said.
// Our own, because Base UI's takes the focus by F6, which is the key of the approvals.
import { useEffect } from 'react';
import { create } from 'zustand';
import { Icon } from './Icon.tsx';
import styles from './Toast.module.css';

interface Message {
  readonly id: number;
  readonly sentence: string;
  /** What it speaks of, such as `approval 14968`: once that is settled the sentence is stale. */
  readonly about: string | null;
}

const shownMs = 8_000;
const shownMax = 2;

const useMessages = create<{ messages: readonly Message[] }>()(() => ({ messages: [] }));

function keep(isKept: (message: Message) => boolean): void {
  useMessages.setState(({ messages }) => ({ messages: messages.filter(isKept) }));
}

let lastId = 0;

/** Shows the sentence for eight seconds, in the place of an earlier one about the same. */
export function tell(sentence: string, about: string | null = null): void {
  lastId += 1;
  const message = { id: lastId, sentence, about };
  if (about !== null) untell(about);
  useMessages.setState(({ messages }) => ({ messages: [...messages, message].slice(-shownMax) }));
  setTimeout(() => keep((each) => each !== message), shownMs);
}

/** Takes away what was said about something that is settled now. */
export function untell(about: string): void {
  keep((each) => each.about !== about);
}

/** The sentences in a line of their own, which is there only while there are any: they cover nothing. */
export function Toasts() {
  const messages = useMessages((state) => state.messages);
  // What was said to one person is not for the next at this window, nor for the same one after the lock.
  useEffect(() => () => keep(() => false), []);
  return (
    <div role="status" className={styles.line}>
      {messages.map((message) => (
        <p key={message.id} className={styles.toast}>
          <Icon name="warning" />
          <span>{message.sentence}</span>
        </p>
      ))}
    </div>
  );
}
