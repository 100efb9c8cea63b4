// Says in passing what happened elsewhere: a decision came, cash was offered. Never the only place it is said.
import { Toast as Base } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import styles from './Toast.module.css';

const manager = Base.createToastManager();

/** Shows the sentence for eight seconds. */
export function tell(sentence: string): void {
  manager.add({ description: sentence, timeout: 8_000 });
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className={styles.toast}>
      <Base.Content className={styles.content}>
        <Icon name="warning" />
        <Base.Description />
      </Base.Content>
    </Base.Root>
  ));
}

export function ToastProvider(props: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {props.children}
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
