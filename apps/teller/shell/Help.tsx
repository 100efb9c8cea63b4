// Help for the screen in front and the list of its keys; both stand in the page, so they work when nothing else does.

import { commandHelp, screenHelp } from '../help/texts.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Key } from '../parts/Key.tsx';
import { useLayersBelow } from '../parts/useHotkeys.tsx';
import type { ScreenName } from '../state/screens.ts';
import styles from './Help.module.css';

export interface HelpProps {
  readonly view: 'help' | 'keys' | null;
  readonly screen: ScreenName;
  readonly onClose: () => void;
}

export function Help(props: HelpProps) {
  const { view, screen, onClose } = props;
  const help = screenHelp[screen];
  return (
    <>
      <Dialog title={`Help: ${help.title}`} size="wide" isOpen={view === 'help'} onClose={onClose}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text longer than the window is read with the arrows */}
        <div className={styles.text} tabIndex={0}>
          {help.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <h3>The command bar</h3>
          <dl className={styles.list}>
            {commandHelp.map(({ line, meaning }) => (
              <div key={line}>
                <dt>
                  <code>{line}</code>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Dialog>
      <Dialog title="Keys" isOpen={view === 'keys'} onClose={onClose}>
        <KeyList />
      </Dialog>
    </>
  );
}

/** The keys in force under this dialog: the registry's own list, so that it is never out of date. */
function KeyList() {
  const layers = useLayersBelow();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list longer than the window is read with the arrows
    <div className={styles.text} tabIndex={0}>
      {layers.map((layer) => (
        <section key={layer.title}>
          <h3>{layer.title}</h3>
          <dl className={styles.list}>
            {layer.keys.map((key) => (
              <div key={key.chord}>
                <dt>
                  <Key chord={key.chord} />
                </dt>
                <dd>{key.what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
