// The files that came in and could not be taken in, each with the place and the reason.
import type { ReactNode } from 'react';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { formatDate, formatTime } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { FilteredList, NoRows } from '../ListFilter.tsx';
import { Halves, Panel } from '../Screen.tsx';
import styles from './payment.module.css';

export function Rejects(props: { controls: ReactNode }) {
  const reading = useQuery('payment.rejects', {});
  const files = reading.data?.files ?? [];
  return (
    <Halves
      left={
        <Panel title="Payments" isFull>
          <FilteredList filter={props.controls}>
            <NoRows>
              <Waiting for={reading} what="the files" />
              {reading.data && files.length === 0 ? <Empty>Every file was taken in.</Empty> : null}
              {files.map((file) => (
                <Notice key={file.seq} tone="amber">
                  <strong>{file.file}</strong>
                  <span className={styles.dim}>
                    {` ${formatDate(file.at.slice(0, 10))} ${formatTime(file.at)}`}
                  </span>
                  <p>{file.message}</p>
                </Notice>
              ))}
            </NoRows>
          </FilteredList>
        </Panel>
      }
      right={
        <Panel title="What to do">
          <p>
            A file that is put aside changes nothing. It lies in the gateway’s folder “rejected”,
            with its reason beside it.
          </p>
          <p>Have the sender correct it; the corrected file comes in by itself.</p>
        </Panel>
      }
    />
  );
}
