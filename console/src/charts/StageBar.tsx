import { milliseconds } from '../format';
import { isStage, stageColor, stageWords, STAGES } from './stages';
import type { Stage } from './stages';
import styles from './StageBar.module.css';

/** The latency of one prediction by stage: one bar, and the values below. */
export function StageBar({ timings }: { timings: Readonly<Record<string, number>> }) {
  const stages = STAGES.filter((stage) => stage in timings);
  const sum = stages.reduce((total, stage) => total + (timings[stage] ?? 0), 0);
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {stages.map((stage) => (
          <span
            key={stage}
            style={{ flexGrow: sum === 0 ? 1 : (timings[stage] ?? 0) / sum, background: stageColor(stage) }}
          />
        ))}
      </div>
      <dl className={styles.stages} data-testid="timings">
        {stages.map((stage) => (
          <div key={stage}>
            <dt>
              <StageKey stage={stage} />
            </dt>
            <dd>{milliseconds(timings[stage])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export function StageKey({ stage }: { stage: string }) {
  if (!isStage(stage)) return <>{stage}</>;
  return <StageName stage={stage} />;
}

function StageName({ stage }: { stage: Stage }) {
  return (
    <span className={styles.key}>
      <span style={{ background: stageColor(stage) }} aria-hidden="true" />
      {stageWords[stage]}
    </span>
  );
}
