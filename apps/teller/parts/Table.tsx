// The one table: rows are drawn only where they are seen, one is chosen, and Enter opens it.
// biome-ignore-all lint/a11y/useSemanticElements: rows placed one by one cannot be table elements
import {
  type ColumnDef,
  createColumnHelper,
  type RowData,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react';
import { classes } from './classes.ts';
import styles from './Table.module.css';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** CSS grid track: `72px`, `minmax(0, 2fr)`. */
  readonly track: string;
  readonly isNumber?: boolean;
  readonly draw: (row: T) => ReactNode;
}

export interface TableProps<T> {
  readonly label: string;
  /** Stands at module scope or in a memo: a new array is a new table. */
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly chosen: string | null;
  readonly onChoose: (row: T) => void;
  /** Enter, or a second click. */
  readonly onOpen?: (row: T) => void;
  /** Called when the last row comes into view. */
  readonly onEnd?: () => void;
  readonly ref?: Ref<HTMLDivElement> | undefined;
}

const rowHeight = 24;
const features = tableFeatures({});

/** The rows by their keys, as the table model keeps them. */
function useRows<T extends RowData>(props: Pick<TableProps<T>, 'columns' | 'rows' | 'rowKey'>) {
  const { columns, rows, rowKey } = props;
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.title }),
    ) as ColumnDef<typeof features, T>[];
  }, [columns]);
  const table = useTable({ features, columns: definitions, data: rows as T[], getRowId: rowKey });
  return table.getRowModel().rows;
}

/** Where an arrow or page key leads from a row, or undefined when the key is none of them. */
export function rowAfter(key: string, at: number, count: number): number | undefined {
  const last = count - 1;
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 10,
    PageUp: at - 10,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

function tracksOf<T>(columns: readonly Column<T>[]) {
  return { gridTemplateColumns: columns.map((column) => column.track).join(' ') };
}

export function Table<T extends RowData>(props: TableProps<T>) {
  const { label, columns, rows, rowKey, chosen, onChoose, onOpen, onEnd, ref } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement | null>(null);
  const model = useRows({ columns, rows, rowKey });
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: rowHeight,
    overscan: 8,
  });
  const at = model.findIndex((row) => row.id === chosen);
  const items = virtual.getVirtualItems();
  const isAtEnd = items.at(-1)?.index === model.length - 1;
  useEffect(() => {
    if (isAtEnd && model.length > 0) onEnd?.();
  }, [isAtEnd, model.length, onEnd]);

  const press = (event: KeyboardEvent): void => {
    const row = model[at]?.original;
    if (event.key === 'Enter' && row && onOpen) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    const to = rowAfter(event.key, at, model.length);
    const next = to === undefined ? undefined : model[to];
    if (to === undefined || !next) return;
    event.preventDefault();
    virtual.scrollToIndex(to);
    onChoose(next.original);
  };
  const setGrid = (element: HTMLDivElement | null): void => {
    scroller.current = element;
    if (typeof ref === 'function') ref(element);
    else if (ref) ref.current = element;
  };
  return (
    <div className={styles.place}>
      <div
        ref={setGrid}
        role="grid"
        aria-label={label}
        aria-rowcount={model.length + 1}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        className={styles.table}
        onKeyDown={press}
        onFocus={() => {
          const first = model[0];
          if (at < 0 && first) onChoose(first.original);
        }}
      >
        <Head columns={columns} />
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = model[item.index];
            if (!row) return null;
            return (
              <Line
                key={row.id}
                id={`${id}-${item.index}`}
                index={item.index}
                start={item.start}
                isChosen={item.index === at}
                columns={columns}
                row={row.original}
                onChoose={onChoose}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Head<T>(props: Pick<TableProps<T>, 'columns'>) {
  const { columns } = props;
  return (
    <div
      role="row"
      tabIndex={-1}
      className={classes(styles.row, styles.head)}
      style={tracksOf(columns)}
    >
      {columns.map((column) => (
        <span
          key={column.id}
          role="columnheader"
          tabIndex={-1}
          className={classes(styles.cell, column.isNumber && styles.number)}
        >
          {column.title}
        </span>
      ))}
    </div>
  );
}

interface LineProps<T> extends Pick<TableProps<T>, 'columns' | 'onChoose'> {
  readonly id: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly isChosen: boolean;
  readonly row: T;
  readonly onOpen: ((row: T) => void) | undefined;
}

function Line<T>(props: LineProps<T>) {
  const { columns, row, start, onChoose, onOpen } = props;
  return (
    <div
      id={props.id}
      role="row"
      tabIndex={-1}
      aria-rowindex={props.index + 2}
      aria-selected={props.isChosen}
      className={classes(styles.row, styles.line)}
      style={{ ...tracksOf(columns), transform: `translateY(${start}px)` }}
      onMouseDown={() => onChoose(row)}
      onDoubleClick={() => onOpen?.(row)}
    >
      {columns.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          tabIndex={-1}
          className={classes(styles.cell, column.isNumber && styles.number)}
        >
          {column.draw(row)}
        </span>
      ))}
    </div>
  );
}
