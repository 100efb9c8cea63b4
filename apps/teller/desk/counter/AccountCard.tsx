// Who the account belongs to and what must be known of them, while the posting is still being typed.
import { Badge, StateBadge } from '../../parts/Badge.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Notice } from '../../parts/Notice.tsx';
import { formatAccount } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import styles from './counter.module.css';

export function AccountCard(props: { number: string | undefined }) {
  const { data } = useQuery('account.get', props.number ? { number: props.number } : null);
  const owner = data?.owners[0]?.customer;
  const customer = useQuery('customer.get', owner === undefined ? null : { customer: owner }).data;
  if (!data) return <Empty>Type an account and an amount: what they do stands here.</Empty>;
  return (
    <div className={styles.preview}>
      <div className={styles.title}>
        <p>{`${formatAccount(data.number)} ${data.name}`}</p>
        <StateBadge state={data.state} />
      </div>
      <p className={styles.card}>
        {data.owners.map((each) => (
          <strong key={each.customer}>{each.name}</strong>
        ))}
        {customer?.riskClass === 'high' ? (
          <Badge tone="amber" icon="warning">
            high risk
          </Badge>
        ) : null}
      </p>
      {(customer?.alerts ?? []).map((alert) => (
        <Notice key={alert} tone="amber">
          {alert}
        </Notice>
      ))}
      <div className={styles.block}>
        <div className={`${styles.grid} ${styles.limits}`}>
          <span>balance</span>
          <Money minor={data.balanceMinor} currency={data.currency} />
          <span>available</span>
          <Money minor={data.availableMinor} currency={data.currency} />
          <span>held</span>
          <Money minor={data.heldMinor} currency={data.currency} />
        </div>
      </div>
    </div>
  );
}
