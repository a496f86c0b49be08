import { ProblemError } from '../api/client';
import { ProblemNote } from './ProblemNote';
import styles from './Loading.module.css';

/** In place of what has not arrived: the reason if there is one, else a line that appears only if it takes long. */
export function Loading({ error, what }: { error: Error | null; what: string }) {
  if (error instanceof ProblemError && error.problem.status !== 401) return <ProblemNote error={error} />;
  return <p className={styles.waiting}>Loading {what} …</p>;
}
