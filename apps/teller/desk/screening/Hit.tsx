// Shows why a name resembles a listed one: word by word, with what birth and country say.
import type { ScreeningCase } from '#contract/screening.ts';
import { Pairs } from '../../parts/Pairs.tsx';
import styles from './screening.module.css';
import { scoreWords } from './sentences.ts';

export type ShownHit = Pick<
  ScreeningCase,
  | 'name'
  | 'role'
  | 'list'
  | 'version'
  | 'entry'
  | 'entryName'
  | 'programme'
  | 'score'
  | 'pairs'
  | 'notes'
  | 'engine'
>;

export function Hit(props: { hit: ShownHit }) {
  const { hit } = props;
  const { programme, list, version, engine } = hit;
  return (
    <div className={styles.stack}>
      <Pairs
        pairs={[
          { label: 'Name', text: `${hit.name} (${hit.role})` },
          { label: 'Resembles', text: `${hit.entryName}, ${hit.entry}` },
          { label: 'List', text: `${list} version ${version}${programme ? `, ${programme}` : ''}` },
          { label: 'By', text: `${scoreWords(hit.score)}, comparison ${engine}` },
        ]}
      />
      <table className={styles.pairs} aria-label="Words that speak for it">
        <thead>
          <tr>
            <th scope="col">Asked</th>
            <th scope="col">Listed</th>
            <th scope="col">Alike</th>
            <th scope="col">Weight</th>
          </tr>
        </thead>
        <tbody>
          {hit.pairs.map((pair) => (
            <tr key={`${pair.asked} ${pair.listed}`}>
              <td>{pair.asked}</td>
              <td>{pair.listed}</td>
              <td>{(pair.likeness / 10).toFixed(1)}</td>
              <td>{pair.weight}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hit.notes.length > 0 ? (
        <ul className={styles.notes}>
          {hit.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
