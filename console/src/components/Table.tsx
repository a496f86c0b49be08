import type { ReactNode } from 'react';
import styles from './Table.module.css';
import { useOverflow } from './useOverflow';

export interface Column<Row> {
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Whether the values are numbers, which stand at the right edge. */
  number?: boolean;
  /** What the title means, where it is not plain. */
  hint?: string;
  /** Whether the column takes the width that is left, as that of a drawing. */
  wide?: boolean;
}

interface Props<Row> {
  /** What the rows are, for those who do not see the table. */
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** The first names its row; its title is a text. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  /** Whether rows are close together, as in a small panel. */
  dense?: boolean;
  testId?: string;
}

/**
 * A table whose rows are named by their first cell. It scrolls sideways with the names in place, never the page; a fade
 * marks each side on which it is cut.
 */
export function Table<Row>({ label, rows, keyOf, columns, dense = false, testId }: Props<Row>) {
  const [name, ...values] = columns;
  const { ref, overflow } = useOverflow();
  return (
    <div
      className={styles.frame}
      data-left={overflow.left || undefined}
      data-right={overflow.right || undefined}
      data-bottom={overflow.bottom || undefined}
    >
      <div ref={ref} className={styles.scroll} tabIndex={0} role="region" aria-label={`${label}, scrolls`}>
        <table className={styles.table} data-dense={dense || undefined} data-testid={testId} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th key={i} scope="col" className={className(column)} title={column.hint}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                <th scope="row">{name.cell(row)}</th>
                {values.map((column, i) => (
                  <td key={i} className={className(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function className<Row>({ number, wide }: Column<Row>): string | undefined {
  return [number && 'number', wide && styles.wide].filter(Boolean).join(' ') || undefined;
}
