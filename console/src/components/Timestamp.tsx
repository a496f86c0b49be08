import { ago, dateTime, dayAndTime } from '../format';
import { useNow } from '../hooks';
import styles from './Timestamp.module.css';

interface Props {
  /** ISO 8601. */
  at: string;
  className?: string;
  /** Whether the seconds count: in a trail they do, in a list of versions they do not. */
  exact?: boolean;
}

/** A moment in local time, and how long ago that is. */
export function Timestamp({ at, className = '', exact = false }: Props) {
  const now = useNow();
  return (
    <time className={`${styles.when} ${className}`} dateTime={at} title={`${dateTime(at)} local time; ${at}`}>
      <span>{exact ? dateTime(at) : dayAndTime(at)}</span> <small>{ago(at, now)}</small>
    </time>
  );
}
