import { count, percent } from '../format';
import styles from './ConfusionMatrix.module.css';

interface Props {
  labels: readonly string[];
  /** Row = truth, column = answer. */
  counts: readonly (readonly number[])[];
}

/** Past this many classes a matrix is wallpaper; the worst confusions are listed instead. */
const MOST_CLASSES = 20;

export function ConfusionMatrix({ labels, counts }: Props) {
  return labels.length > MOST_CLASSES ? (
    <WorstConfusions labels={labels} counts={counts} />
  ) : (
    <Matrix labels={labels} counts={counts} />
  );
}

function Matrix({ labels, counts }: Props) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Matrix of truth against answer">
      <table className={styles.matrix} data-few={labels.length <= 6 || undefined} data-testid="confusion">
        <caption className="hidden">Rows are the truth, columns the answer, cells count pictures.</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={labels.length} className={styles.axis}>
              Answer
            </th>
          </tr>
          <tr>
            <th scope="col" className={styles.truth}>
              Truth
            </th>
            {labels.map((label) => (
              <th key={label} scope="col" title={label}>
                <span className={styles.name}>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, i) => (
            <tr key={labels[i]}>
              <th scope="row" title={labels[i]}>
                <span className={styles.name}>{labels[i]}</span>
              </th>
              {row.map((cell, j) => (
                <Cell
                  key={labels[j]}
                  cell={cell}
                  of={sum(row)}
                  right={i === j}
                  title={`${labels[i] ?? ''} answered as ${labels[j] ?? ''}`}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From this depth of colour on, the number is legible (4.5 : 1) in the other ink only. */
const TURN = 0.79;

/** The deeper the colour, the larger the share of the true class; right answers in petrol, wrong ones in red. */
function Cell({ cell, of, right, title }: { cell: number; of: number; right: boolean; title: string }) {
  const share = of === 0 ? 0 : cell / of;
  const depth = right ? 0.08 + 0.92 * share : Math.min(0.85, 0.12 + 2.2 * share);
  const background = cell === 0 ? 'var(--sunken)' : `rgb(var(--${right ? 'right' : 'wrong'}) / ${depth.toFixed(2)})`;
  return (
    <td
      className={styles.cell}
      style={{ background }}
      data-strong={(cell > 0 && depth >= TURN) || undefined}
      data-zero={cell === 0 || undefined}
      title={`${title}: ${count(cell)} of ${count(of)} (${percent(share)})`}
    >
      {cell}
    </td>
  );
}

function WorstConfusions({ labels, counts }: Props) {
  const worst = counts
    .flatMap((row, i) => row.map((cell, j) => ({ i, j, cell, of: sum(row) })))
    .filter(({ i, j, cell }) => i !== j && cell > 0)
    .sort((a, b) => b.cell - a.cell)
    .slice(0, 15);
  if (worst.length === 0) return <p className="quiet">No picture was answered wrongly.</p>;
  return (
    <ol className={styles.worst}>
      {worst.map(({ i, j, cell, of }) => (
        <li key={`${i}-${j}`}>
          <span>
            {labels[i]} answered as {labels[j]}
          </span>{' '}
          <span className="quiet">
            {count(cell)} of {count(of)}
          </span>
        </li>
      ))}
    </ol>
  );
}

const sum = (row: readonly number[]) => row.reduce((total, cell) => total + cell, 0);
