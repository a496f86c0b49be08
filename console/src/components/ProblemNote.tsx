import { ConnectionError, ProblemError } from '../api/client';
import type { Problem } from '../api/types';
import styles from './ProblemNote.module.css';

const fromError = (error: Error): Pick<Problem, 'title' | 'detail' | 'code'> & Partial<Pick<Problem, 'request_id'>> => {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ConnectionError)
    return { title: 'No response', detail: 'The server does not respond. Check that it is running.', code: '' };
  return { title: 'The console failed', detail: error.message, code: '' };
};

/** An error as the server explains it: what was wrong, what to do, and what to quote when asking for help. */
export function ProblemNote({ error }: { error: Error }) {
  const { title, detail, code, request_id: request } = fromError(error);
  return (
    <div role="alert" className={styles.note} data-testid="problem">
      <p className={styles.title}>{title}</p>
      <p>{detail}</p>
      {code && (
        <p className={styles.codes}>
          <code>{code}</code>
          {request && (
            <>
              {' '}
              request <code>{request}</code>
            </>
          )}
        </p>
      )}
    </div>
  );
}
