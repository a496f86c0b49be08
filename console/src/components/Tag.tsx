import type { ReactNode } from 'react';
import styles from './Tag.module.css';

export type Tone = 'plain' | 'bare' | 'ink' | 'spot' | 'bad' | 'alarm' | 'good' | 'data';

/** A word that qualifies what it stands next to. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}
