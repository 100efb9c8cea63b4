// Who may act for an account of another branch: whom to ask for which document, the specimen, and how old the word is.
import type { Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Picture } from '../../parts/Picture.tsx';
import { formatDate, formatInstant, plain } from '../../parts/words.ts';
import styles from './office.module.css';
import { cardSentence, personShown } from './words.ts';

export type Card = NonNullable<Output<'office.find'>['card']>;
type Person = Card['persons'][number];

export function GuestCard(props: { card: Card; branch: string; document: string }) {
  const { card, branch, document } = props;
  const shown = personShown(card.persons, document);
  const sentence = cardSentence(card, branch);
  return (
    <>
      {sentence === '' ? null : (
        <Notice tone={card.state === 'open' ? 'calm' : 'red'}>{sentence}</Notice>
      )}
      {card.persons.length === 0 ? null : (
        <table className={styles.table}>
          <caption>{`May act, as branch ${branch} said on ${formatInstant(card.madeAt)}`}</caption>
          <tbody>
            {card.persons.map((person) => (
              <Row key={`${person.role} ${person.document.number}`} isShown={person === shown}>
                {{ person, currency: card.currency }}
              </Row>
            ))}
          </tbody>
        </table>
      )}
      {shown ? <Specimens person={shown} /> : null}
    </>
  );
}

function Row(props: { isShown: boolean; children: { person: Person; currency: string } }) {
  const { person, currency } = props.children;
  const { name, role, document, limitMinor, until } = person;
  const bounds = [
    ...(limitMinor === null ? [] : [`up to ${formatMoney(limitMinor, currency)}`]),
    ...(until === null ? [] : [`until ${formatDate(until)}`]),
  ];
  return (
    <tr>
      <td>{name}</td>
      <td>{[role, ...bounds].join(', ')}</td>
      <td>{`${plain(document.kind)} ${document.number} ${document.country}`}</td>
      <td>
        {props.isShown ? (
          <Badge tone="green" icon="tick">
            at the desk
          </Badge>
        ) : null}
      </td>
    </tr>
  );
}

/** A PNG begins with its name, which in base64 reads so; the rest of what is kept is JPEG. */
function mediaOf(base64: string): string {
  return base64.startsWith('iVBORw0KGgo') ? 'image/png' : 'image/jpeg';
}

function Specimens({ person: { name, photo, signature } }: { person: Person }) {
  const pictures = [
    ['photo', photo],
    ['signature', signature],
  ] as const;
  return (
    <div className={styles.specimens}>
      {pictures.map(([kind, base64]) =>
        base64 === null ? null : (
          <Picture
            key={kind}
            {...{ media: mediaOf(base64), base64 }}
            label={`${kind} of ${name}`}
          />
        ),
      )}
    </div>
  );
}
