import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Panel.module.css';

interface Props {
  title: string;
  aside?: ReactNode;
  note?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, aside, note, children }: Props) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {note && <p className={styles.note}>{note}</p>}
      {children}
    </section>
  );
}
