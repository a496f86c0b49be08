import type { Rollout } from '../../api/types';
import { Panel } from '../../components/Panel';
import { percentage } from '../../format';
import { timeText } from './guards';
import styles from './Rollout.module.css';

/** The steps of a rollout, and which of them it has reached. */
export function StepsPanel({ rollout: { policy, progress, outcome } }: { rollout: Rollout }) {
  const current = outcome?.decision === 'promoted' ? policy.steps.length + 1 : (progress.step ?? 0);
  return (
    <Panel title="Steps" note="The share of the traffic that the candidate gets, with the least and the most time.">
      <ol className={styles.steps}>
        {policy.steps.map((step, i) => {
          const state = i + 1 < current ? 'done' : i + 1 === current ? 'current' : 'ahead';
          return (
            <li
              key={`${step.percent} ${i}`}
              className={styles.step}
              data-state={state}
              aria-current={state === 'current' ? 'step' : undefined}
            >
              <span className={styles.percent}>{percentage(step.percent)}</span>
              <span className="quiet small">
                {timeText(step.least)} to {timeText(step.most)}
              </span>
              {state === 'done' && <span className="hidden">done</span>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
