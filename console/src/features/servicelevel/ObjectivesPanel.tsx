import type { ObjectiveStatus, ServiceLevel } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import styles from './ServiceLevel.module.css';
import { budget, burnText, objectiveName, targetText, valueText, VERDICTS } from './words';

/** Each objective with its verdict, value, error budget and burn rate. */
export function ObjectivesPanel({ level }: { level: ServiceLevel }) {
  if (level.objectives.length === 0) return null;
  return (
    <Panel
      title="Objectives"
      note="The error budget is what an objective allows to be bad. A burn rate of 1 uses it up exactly."
    >
      <ul className={styles.objectives} aria-label="Objectives">
        {level.objectives.map((status) => (
          <OneObjective key={status.objective.name} status={status} />
        ))}
      </ul>
    </Panel>
  );
}

function OneObjective({ status }: { status: ObjectiveStatus }) {
  const { objective, value } = status;
  const verdict = VERDICTS[status.verdict] ?? { words: status.verdict, tone: 'plain' as const };
  return (
    <li className={styles.objective} data-testid={`objective-${objective.name}`}>
      <div className={styles.promise}>
        <h3>{objectiveName(objective)}</h3>
        <span className="quiet small">{targetText(objective)}</span>
      </div>
      <div className={styles.kept}>
        <Tag tone={verdict.tone}>{verdict.words}</Tag>
        <strong className={styles.value}>{valueText(value?.value, objective)}</strong>
        {value?.low != null && value.high != null && (
          <span className="quiet small">
            {valueText(value.low, objective)} to {valueText(value.high, objective)},{' '}
            {value.source === 'known' ? 'from labels' : 'estimated'}
          </span>
        )}
      </div>
      <Budget status={status} />
      <dl className={styles.burn}>
        <dt>Burn rate</dt>
        <dd>{burnText(status)}</dd>
      </dl>
      <p className={styles.statement}>{status.statement}</p>
    </li>
  );
}

function Budget({ status }: { status: ObjectiveStatus }) {
  if (status.budget_left == null) return <p className="quiet small">No budget is used yet.</p>;
  const { text, width, tone } = budget(status.budget_left);
  return (
    <div className={styles.budget}>
      <span className="small">Error budget</span>
      <span className="number small">{text}</span>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${width * 100}%`, background: `var(--${tone})` }} />
      </span>
    </div>
  );
}
