// Who the customer is on paper: address, documents, contact.
import type { CustomerDetails as Details, PostalAddress } from '#contract/customers.ts';
import { formatDate, plain } from '../../parts/words.ts';
import styles from './customers.module.css';

/** The address in the order it is written on an envelope; parts that are not there leave no gap. */
export function addressLines(address: PostalAddress): readonly string[] {
  const street = [address.streetName, address.buildingNumber].filter(Boolean).join(' ');
  const town = [address.postCode, address.townName].filter(Boolean).join(' ');
  const lines = [street, ...(address.addressLine ?? []), town, address.country];
  return lines.filter((line) => line !== '');
}

/** The wire leaves the details open; what the station stores is what the contract registers. */
export function CustomerDetails(props: { details: unknown }) {
  const details = props.details as Details | null;
  if (!details?.address) return null;
  return (
    <section className={styles.block}>
      <h3>On paper</h3>
      <dl className={styles.details}>
        <dt>address</dt>
        <dd>{addressLines(details.address).join(', ')}</dd>
        {details.kind === 'person' ? (
          <>
            <dt>born</dt>
            <dd>{`${formatDate(details.birthDate)}, ${details.nationality}`}</dd>
          </>
        ) : (
          <>
            <dt>register</dt>
            <dd>{`${details.registrationNumber}, ${details.registrationCountry}`}</dd>
          </>
        )}
        {details.documents.map((document) => (
          <div key={document.number}>
            <dt>{plain(document.kind)}</dt>
            <dd>
              {`${document.number}, ${document.country}`}
              {document.expiresOn ? `, until ${formatDate(document.expiresOn)}` : ''}
            </dd>
          </div>
        ))}
        {details.phones.length > 0 ? (
          <>
            <dt>phone</dt>
            <dd>{details.phones.join(', ')}</dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}
