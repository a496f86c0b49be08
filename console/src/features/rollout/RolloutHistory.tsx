import type { Rollout } from '../../api/types';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import styles from './Rollout.module.css';

const TONES: Record<string, Tone> = { promoted: 'good', 'rolled-back': 'bad', stopped: 'plain', undecided: 'spot' };

/** Earlier rollouts and why they ended. */
export function RolloutHistory({ rollouts }: { rollouts: readonly Rollout[] }) {
  return (
    <Panel title="Earlier rollouts">
      <MoreRows rows={rollouts} first={5} what="rollouts">
        {(rows) => (
          <ul className={styles.history} aria-label="Earlier rollouts">
            {rows.map((rollout) => (
              <Earlier key={rollout.id} rollout={rollout} />
            ))}
          </ul>
        )}
      </MoreRows>
    </Panel>
  );
}

function Earlier({ rollout: { candidate, start, outcome } }: { rollout: Rollout }) {
  const decision = outcome?.decision ?? 'under way';
  return (
    <li className={styles.earlier}>
      <Timestamp at={outcome?.at ?? start.at} />
      <span>Version {candidate}</span>
      <span>
        <Tag tone={TONES[decision] ?? 'plain'}>{decision.replace('-', ' ')}</Tag>
      </span>
      <span className="quiet">{outcome?.reason}</span>
    </li>
  );
}
