// The message as it stands while the form is filled: in words, as MX, as MT with its losses, and the order.
import type { Composed } from '#contract/payments.ts';
import { Notice } from '../../parts/Notice.tsx';
import { counted } from '../../parts/words.ts';
import styles from './payment.module.css';

export type MessageView = 'words' | 'mx' | 'mt' | 'order';

export const messageViews: readonly { readonly view: MessageView; readonly label: string }[] = [
  { view: 'words', label: 'Words' },
  { view: 'mx', label: 'MX' },
  { view: 'mt', label: 'MT' },
  { view: 'order', label: 'Order' },
];

type Shown = Pick<Composed, 'message' | 'mt' | 'losses' | 'words'> & {
  readonly order?: Composed['order'];
};

/** The view after this one; the last is followed by the first. */
export function viewAfter(view: MessageView): MessageView {
  const at = messageViews.findIndex((each) => each.view === view);
  return messageViews[(at + 1) % messageViews.length]?.view ?? 'words';
}

export function MessagePanel(props: {
  shown: Shown;
  view: MessageView;
  onView: (view: MessageView) => void;
}) {
  const { shown, view, onView } = props;
  const views = messageViews.filter((each) => each.view !== 'order' || shown.order);
  return (
    <div className={styles.block}>
      <div className={styles.views} role="tablist" aria-label="The message">
        {views.map((each) => (
          <button
            key={each.view}
            type="button"
            role="tab"
            tabIndex={-1}
            aria-selected={each.view === view}
            className={styles.view}
            onClick={() => onView(each.view)}
          >
            {each.label}
          </button>
        ))}
        <span className={styles.dim}>Alt+M</span>
      </div>
      <MessageBody shown={shown} view={view} />
    </div>
  );
}

function MessageBody({ shown, view }: { shown: Shown; view: MessageView }) {
  const { words, message, mt, losses, order } = shown;
  if (view === 'words') {
    return (
      <>
        {words.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </>
    );
  }
  if (view === 'mx') return <Text type={message.type} text={message.text} />;
  if (view === 'order' && order) return <Text type={order.type} text={order.text} />;
  if (!mt) return <p className={styles.dim}>This message has no MT.</p>;
  return <Text type={mt.type} text={mt.text} losses={losses} />;
}

/** A text that scrolls in its place, and is reached by keyboard. */
function Text(props: { type: string; text: string; losses?: Shown['losses'] }) {
  const { type, text, losses = [] } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached by keyboard
    <section className={styles.scroll} aria-label={`The message as ${type}`} tabIndex={0}>
      <p className={styles.dim}>{type}</p>
      <pre className={styles.text}>{text}</pre>
      {losses.length === 0 ? null : (
        <Notice tone="amber">
          {`In this form ${counted(losses.length, 'value')} would be lost or changed:`}
          {losses.map((loss) => (
            <p key={`${loss.code}${loss.message}`}>{loss.message}</p>
          ))}
        </Notice>
      )}
    </section>
  );
}
