import type { Rollout, RolloutGuard, RolloutGuardPolicy } from '../../api/types';
import { SequenceChart } from '../../charts/SequenceChart';
import { Panel } from '../../components/Panel';
import { capital, count, percent } from '../../format';
import { guardLines, guardName, guardRule, guardTick, guardValue, neededText, worstAllowed } from './guards';
import styles from './Rollout.module.css';

interface Props {
  rollout: Rollout;
  guard: RolloutGuard;
  policy: RolloutGuardPolicy;
}

/** What one guard shows: its figures, the evidence either way, and how the intervals closed in. */
export function GuardPanel({ rollout, guard, policy }: Props) {
  const limited = policy.limit != null;
  const name = guardName(policy);
  const bound = worstAllowed(guard, policy);
  const show = (value: number) => guardValue(value, policy);
  const needed = neededText(guard);
  const lines = guardLines(rollout, guard, limited);
  return (
    <Panel title={name} note={`${capital(guardRule(policy))}.`}>
      <div className={styles.guard}>
        <dl className={styles.figures}>
          <div>
            <dt>Version {rollout.candidate}</dt>
            <dd>{guardValue(guard.candidate, policy)}</dd>
          </div>
          <div>
            <dt>{limited ? 'Limit' : `Version ${rollout.production}`}</dt>
            <dd>{guardValue(guard.reference, policy)}</dd>
          </div>
          <div>
            <dt>Images</dt>
            <dd>{count(guard.images)}</dd>
          </div>
        </dl>
        <Evidence label="For the next step" share={guard.next} tone="good" />
        <Evidence label="For a rollback" share={guard.rollback} tone="bad" />
        {needed != null && <p className="quiet small">{needed}</p>}
        {lines.some((line) => line.points.length > 1) ? (
          <SequenceChart
            title={name}
            lines={lines}
            bound={bound === undefined ? undefined : { value: bound, label: 'worst allowed' }}
            format={show}
            tick={(value, apart) => guardTick(value, apart, policy)}
          />
        ) : (
          <p className="quiet small">Intervals are drawn from the second look on.</p>
        )}
      </div>
    </Panel>
  );
}

/** Evidence as a share of what it takes. */
function Evidence({ label, share, tone }: { label: string; share: number; tone: 'good' | 'bad' }) {
  return (
    <div className={styles.evidence}>
      <span>{label}</span>
      <span className="number">{percent(share, 0)}</span>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${share * 100}%`, background: `var(--${tone})` }} />
      </span>
    </div>
  );
}
