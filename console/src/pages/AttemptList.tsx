import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isOpen } from '../api/quantizations';
import type { Model } from '../api/types';
import { Panel } from '../components/Panel';
import { Tag } from '../components/Tag';
import type { Tone } from '../components/Tag';
import { VersionMark } from '../components/VersionMark';
import { When } from '../components/When';
import { addressOf, attemptName } from './attempts';
import type { Attempt } from './attempts';
import styles from './SmallerSection.module.css';

interface Props {
  model: Model;
  attempts: readonly Attempt[];
  chosen: Attempt | undefined;
  /** Whether earlier ones may still come. */
  reading: boolean;
}

/** All tries of a model, each a link to what came of it. */
export function AttemptList({ model, attempts, chosen, reading }: Props) {
  if (attempts.length === 0) {
    return (
      <Panel title="Attempts">
        <p className="quiet">
          {reading
            ? 'Reading earlier ones …'
            : `No version of ${model.name} has been made smaller yet. What comes of it appears here: the new version with its proof, or the reason why there is none.`}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Attempts" note="The server keeps its last 500 jobs; versions stay.">
      <ul aria-label="Attempts" className={styles.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.run?.id ?? attempt.registered}>
            <AttemptRow attempt={attempt} current={attempt === chosen} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const tones: Record<Attempt['state'], Tone> = {
  queued: 'plain',
  running: 'data',
  registered: 'good',
  refused: 'spot',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'bad',
};

function AttemptRow({ attempt, current }: { attempt: Attempt; current: boolean }) {
  return (
    <RowLink attempt={attempt} current={current}>
      <span>
        <Tag tone={tones[attempt.state]}>{attempt.state}</Tag>
      </span>
      <span>
        {attemptName(attempt)}{' '}
        {attempt.registered != null && (
          <span className={styles.became}>
            → <VersionMark version={attempt.registered} word />
          </span>
        )}
      </span>
      <When at={attempt.at} />
    </RowLink>
  );
}

/** There is nothing to see yet of what is running. */
function RowLink({ attempt, current, children }: { attempt: Attempt; current: boolean; children: ReactNode }) {
  if (isOpen(attempt)) return <div className={styles.attempt}>{children}</div>;
  return (
    <Link to={addressOf(attempt)} replace className={styles.attempt} aria-current={current || undefined}>
      {children}
    </Link>
  );
}
