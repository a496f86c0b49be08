import type { CSSProperties } from 'react';
import { count, percent } from '../format';
import styles from './ConfusionMatrix.module.css';

interface Props {
  labels: readonly string[];
  /** Row = true class, column = predicted class. */
  counts: readonly (readonly number[])[];
  /** Opens the images of a cell, where they are kept. */
  onCell?: ((truth: string, predicted: string) => void) | undefined;
}

/** Up to this many classes the cells are large, and the names stand level above them. */
export const FEW_CLASSES = 6;

/** Past this many classes a matrix is wallpaper, and slow to draw; the most frequent confusions are listed instead. */
export const MAX_CLASSES = 60;

/** From here on cells shrink, so that more of the matrix is seen at once. */
const MANY_CLASSES = 16;

export function ConfusionMatrix({ labels, counts, onCell }: Props) {
  const few = labels.length <= FEW_CLASSES;
  const size = few ? 'large' : labels.length < MANY_CLASSES ? 'medium' : 'small';
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Confusion matrix, scrolls in both directions">
      <table className={styles.matrix} data-size={size} data-testid="confusion">
        <caption className="hidden">Rows are true classes, columns predicted classes, cells count images.</caption>
        <thead>
          <tr>
            <td className={styles.corner}>
              <span>Predicted →</span>
              <span>True ↓</span>
            </td>
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
                  title={`${labels[i] ?? ''} predicted as ${labels[j] ?? ''}`}
                  onOpen={onCell && (() => onCell(labels[i] ?? '', labels[j] ?? ''))}
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

interface CellProps {
  cell: number;
  of: number;
  right: boolean;
  title: string;
  onOpen?: (() => void) | undefined;
}

/** The deeper the colour, the larger the share of the true class; right predictions in petrol, wrong ones in red. */
function Cell({ cell, of, right, title, onOpen }: CellProps) {
  const share = of === 0 ? 0 : cell / of;
  const depth = right ? 0.08 + 0.92 * share : Math.min(0.85, 0.12 + 2.2 * share);
  const background = cell === 0 ? 'var(--sunken)' : `rgb(var(--${right ? 'right' : 'wrong'}) / ${depth.toFixed(2)})`;
  return (
    <td
      className={styles.cell}
      style={{ background } satisfies CSSProperties}
      data-strong={(cell > 0 && depth >= TURN) || undefined}
      data-zero={cell === 0 || undefined}
      title={`${title}: ${count(cell)} of ${count(of)} (${percent(share)})`}
    >
      {cell > 0 && onOpen ? (
        <button type="button" onClick={onOpen} aria-label={`${cell}: show the images of ${title}`}>
          {cell}
        </button>
      ) : (
        cell
      )}
    </td>
  );
}

/** One kind of mistake: how many images of a true class were predicted as another. */
export interface Confusion {
  truth: string;
  predicted: string;
  images: number;
  /** Images of the true class. */
  of: number;
}

/** The most frequent mistakes, largest first. */
export const confusions = ({ labels, counts }: Pick<Props, 'labels' | 'counts'>, max: number): Confusion[] =>
  counts
    .flatMap((row, i) =>
      row.map((images, j) => ({ i, j, truth: labels[i] ?? '', predicted: labels[j] ?? '', images, of: sum(row) })),
    )
    .filter(({ i, j, images }) => i !== j && images > 0)
    .sort((a, b) => b.images - a.images || b.images / b.of - a.images / a.of)
    .slice(0, max)
    .map(({ truth, predicted, images, of }) => ({ truth, predicted, images, of }));

export function MostFrequentConfusions({ labels, counts, onCell, max = 12 }: Props & { max?: number }) {
  const worst = confusions({ labels, counts }, max);
  if (worst.length === 0) return <p className="quiet">Every image was predicted correctly.</p>;
  return (
    <ol className={styles.worst} data-testid="confusions">
      {worst.map(({ truth, predicted, images, of }) => (
        <li key={`${truth} ${predicted}`}>
          <span>
            {truth} <span className="quiet">predicted as</span> {predicted}
          </span>
          <span className="quiet number">
            {onCell ? (
              <button type="button" className={styles.link} onClick={() => onCell(truth, predicted)}>
                {count(images)} of {count(of)}
              </button>
            ) : (
              `${count(images)} of ${count(of)}`
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

const sum = (row: readonly number[]) => row.reduce((total, cell) => total + cell, 0);
