// Says in passing what happened elsewhere: a decision came, cash was offered. Never the only place it is said.
// Our own, because Base UI's takes the focus by F6, which is the key of the approvals.
import type { ReactNode } from 'react';
import { create } from 'zustand';
import { Icon } from './Icon.tsx';
import styles from './Toast.module.css';

interface Message {
  readonly id: number;
  readonly sentence: string;
}

const shownMs = 8_000;
const shownMax = 3;

const useMessages = create<{ messages: readonly Message[] }>()(() => ({ messages: [] }));

let lastId = 0;

/** Shows the sentence for eight seconds. */
export function tell(sentence: string): void {
  lastId += 1;
  const message = { id: lastId, sentence };
  useMessages.setState(({ messages }) => ({ messages: [...messages, message].slice(-shownMax) }));
  setTimeout(() => {
    useMessages.setState(({ messages }) => ({
      messages: messages.filter((each) => each !== message),
    }));
  }, shownMs);
}

export function ToastProvider(props: { children: ReactNode }) {
  const messages = useMessages((state) => state.messages);
  return (
    <>
      {props.children}
      <div role="status" className={styles.viewport}>
        {messages.map((message) => (
          <p key={message.id} className={styles.toast}>
            <Icon name="warning" />
            {message.sentence}
          </p>
        ))}
      </div>
    </>
  );
}
