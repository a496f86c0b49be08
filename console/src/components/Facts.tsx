import type { ReactNode } from 'react';
import styles from './Facts.module.css';

export type Fact = readonly [name: string, value: ReactNode];

/** Names and values in two columns; numbers stand at the right edge. */
export function Facts({ facts, numbers = false }: { facts: readonly Fact[]; numbers?: boolean }) {
  return (
    <dl className={styles.facts} data-numbers={numbers || undefined}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The few figures a page is about, large, side by side. */
export function KeyFigures({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.figures}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
