import type { Experiment, Model } from '../../api/types';
import { Loading } from '../../components/Loading';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { ComparisonPanel } from './ComparisonPanel';
import styles from './Experiment.module.css';
import { ExperimentVerdict } from './ExperimentVerdict';
import { PlanPanel } from './PlanPanel';
import { useExperiments } from './queries';
import { VariantsPanel } from './VariantsPanel';
import { headline } from './words';

/** Versions that share the traffic and are compared by a business figure. */
export function ExperimentSection({ model }: { model: Model }) {
  const experiments = useExperiments(model.name);
  if (!experiments.data) return <Loading error={experiments.error} what="the experiments" />;
  const [shown, ...earlier] = experiments.data;
  const isUnderWay = shown !== undefined && shown.progress.state !== 'ended';
  return (
    <div className={styles.section}>
      {shown && <OneExperiment model={model.name} experiment={shown} />}
      {!isUnderWay && <PlanPanel model={model} />}
      {earlier.length > 0 && <Earlier experiments={earlier} />}
    </div>
  );
}

function OneExperiment({ model, experiment }: { model: string; experiment: Experiment }) {
  return (
    <>
      <ExperimentVerdict model={model} experiment={experiment} />
      <VariantsPanel experiment={experiment} />
      {experiment.comparisons.length > 0 && <ComparisonPanel experiment={experiment} />}
    </>
  );
}

function Earlier({ experiments }: { experiments: readonly Experiment[] }) {
  return (
    <Panel title="Earlier experiments">
      <MoreRows rows={experiments} first={5} what="experiments">
        {(rows) => (
          <ul className={styles.history} aria-label="Earlier experiments">
            {rows.map((experiment) => (
              <li key={experiment.id} className={styles.earlier}>
                <Timestamp at={experiment.progress.outcome?.at ?? experiment.start.at} />
                <span>{headline(experiment)}</span>
                <span>
                  <Tag>{experiment.progress.outcome?.decision.replace('-', ' ') ?? 'under way'}</Tag>
                </span>
              </li>
            ))}
          </ul>
        )}
      </MoreRows>
    </Panel>
  );
}
