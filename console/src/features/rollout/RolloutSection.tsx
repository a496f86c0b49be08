import type { Model, Rollout } from '../../api/types';
import { Loading } from '../../components/Loading';
import { ShadowPanel } from '../shadow/ShadowPanel';
import { GuardPanel } from './GuardPanel';
import { useRollouts } from './queries';
import styles from './Rollout.module.css';
import { RolloutHistory } from './RolloutHistory';
import { RolloutVerdict } from './RolloutVerdict';
import { StartRollout } from './StartRollout';
import { StepsPanel } from './StepsPanel';

/** A version that gets a growing share of the traffic by evidence, and one that only watches. */
export function RolloutSection({ model }: { model: Model }) {
  const rollouts = useRollouts(model.name);
  if (!rollouts.data) return <Loading error={rollouts.error} what="the rollouts" />;
  const [shown, ...earlier] = rollouts.data;
  const isUnderWay = shown !== undefined && shown.progress.state !== 'ended';
  return (
    <div className={styles.section}>
      {shown && <RolloutVerdict model={model.name} rollout={shown} />}
      {!isUnderWay && <StartRollout model={model} />}
      {shown && <Evidence rollout={shown} />}
      <ShadowPanel model={model} />
      {earlier.length > 0 && <RolloutHistory rollouts={earlier} />}
    </div>
  );
}

function Evidence({ rollout }: { rollout: Rollout }) {
  return (
    <>
      <StepsPanel rollout={rollout} />
      <div className={styles.guards}>
        {rollout.guards.map((guard, i) => {
          const policy = rollout.policy.guards[i];
          return policy && <GuardPanel key={guard.name} rollout={rollout} guard={guard} policy={policy} />;
        })}
      </div>
    </>
  );
}
