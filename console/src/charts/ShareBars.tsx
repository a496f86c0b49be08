import type { ReactNode } from 'react';
import styles from './ShareBars.module.css';

export interface Share {
  label: string;
  /** Length of the bar, 0 to 1. */
  share: number;
  text: ReactNode;
  color?: string;
}

interface Props {
  shares: readonly Share[];
  label: string;
  /** Whether names are broken into lines rather than cut. */
  whole?: boolean;
}

/** Named shares as rows with bars. */
export function ShareBars({ shares, label, whole = false }: Props) {
  return (
    <ul className={styles.bars} aria-label={label} data-whole={whole || undefined}>
      {shares.map((row, i) => (
        <li key={row.label} className={styles.row} data-first={i === 0 || undefined}>
          <span className={styles.label} title={row.label}>
            {row.label}
          </span>
          <span className={styles.text}>{row.text}</span>
          <span className={styles.track} aria-hidden="true">
            <span
              style={{
                width: `${Math.max(row.share > 0 ? 0.4 : 0, row.share * 100)}%`,
                background: row.color ?? 'var(--data-1)',
              }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The largest counts as shares of their sum; what does not fit is summed up in a last row. */
export function topShares(
  counts: Readonly<Record<string, number>>,
  max: number,
  text: (count: number, share: number) => ReactNode,
): Share[] {
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const cut = sorted.length > max ? max - 1 : sorted.length;
  const rest = sorted.slice(cut).reduce((sum, [, count]) => sum + count, 0);
  const rows: [string, number][] = sorted.slice(0, cut);
  if (cut < sorted.length) rows.push([`${sorted.length - cut} others`, rest]);
  return rows.map(([label, count]) => {
    const share = total === 0 ? 0 : count / total;
    return { label, share, text: text(count, share) };
  });
}
