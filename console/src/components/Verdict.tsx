import { useId } from 'react';
import type { ReactNode } from 'react';
import type { Fact } from './Facts';
import styles from './Verdict.module.css';

export type VerdictTone = 'good' | 'bad' | 'warn' | 'plain';

interface Props {
  tone: VerdictTone;
  /** The verdict in a line. */
  title: string;
  facts?: readonly Fact[];
  actions?: ReactNode;
  children?: ReactNode;
}

/** What a page says, before its figures: a line, why, and what can be done. */
export function Verdict({ tone, title, facts = [], actions, children }: Props) {
  const id = useId();
  return (
    <section className={styles.verdict} data-tone={tone} aria-labelledby={id} data-testid="verdict">
      <div className={styles.words}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <div className={styles.text}>{children}</div>
      </div>
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {actions != null && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
