// Shows who is already known under the name being typed, so that nobody is registered twice.
import { useDeferredValue } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Notice.tsx';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Panel } from '../Screen.tsx';
import styles from './customers.module.css';
import type { Registration } from './registration.ts';

export function SimilarCustomers(props: { typed: Registration }) {
  const { kind, givenName, familyName, name } = props.typed;
  const whole = kind === 'person' ? `${givenName} ${familyName}` : name;
  const text = useDeferredValue(whole.trim());
  const open = useScreens((screens) => screens.open);
  const { data } = useQuery('customer.search', text.length > 2 ? { text, count: 12 } : null, {
    keep: true,
  });
  const hits = data?.hits ?? [];
  return (
    <Panel title="Already known under this name">
      {hits.length === 0 ? <Empty>Nobody.</Empty> : null}
      <ul>
        {hits.map((hit) => (
          <li key={hit.customer} className={styles.name}>
            <Button
              kind="quiet"
              onPress={() => open({ name: 'customers', customer: hit.customer })}
            >
              {hit.name}
            </Button>
            <span className={styles.dim}>{hit.distinction}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
