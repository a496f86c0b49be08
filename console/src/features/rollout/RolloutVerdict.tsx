import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Rollout } from '../../api/types';
import { ProblemNote } from '../../components/ProblemNote';
import { ReasonDialog } from '../../components/ReasonDialog';
import { Verdict } from '../../components/Verdict';
import type { VerdictTone } from '../../components/Verdict';
import { capital, dayAndTime, percent, percentage } from '../../format';
import { timeText } from './guards';
import { useIntervene } from './queries';
import styles from './Rollout.module.css';
import { title } from './words';

/** Where a rollout is, or how it ended and why; and the ways to intervene. */
export function RolloutVerdict({ model, rollout }: { model: string; rollout: Rollout }) {
  const { candidate, production, start, progress, outcome, policy } = rollout;
  return (
    <Verdict
      tone={tone(rollout)}
      title={title(rollout)}
      facts={[
        ['Candidate', `version ${candidate} against ${production}`],
        ...(progress.percent == null ? [] : [['Share of the traffic', percentage(progress.percent)] as const]),
        ...(progress.elapsed == null ? [] : [['In this step', timeText(progress.elapsed)] as const]),
        ['Started', `${dayAndTime(start.at)} by ${start.by}`],
        ['Wrong promotions, rollbacks', `at most ${share(policy.wrong_promotion)}, ${share(policy.wrong_rollback)}`],
      ]}
      actions={
        progress.state === 'running' || progress.state === 'paused' ? <Levers model={model} rollout={rollout} /> : null
      }
    >
      {outcome ? (
        <>
          <p>{ending(rollout)}</p>
          {outcome.needed.length > 0 && (
            <ul className={styles.needed} aria-label="What it would have taken">
              {outcome.needed.map((need) => (
                <li key={need}>{need}</li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <p>{running(rollout)}</p>
      )}
      {start.reason && <p className="quiet">Why it was started: {start.reason}</p>}
    </Verdict>
  );
}

function Levers({ model, rollout }: { model: string; rollout: Rollout }) {
  const [asking, setAsking] = useState<'promote' | 'stop' | null>(null);
  const intervene = useIntervene(model);
  const paused = rollout.progress.state === 'paused';
  const close = () => setAsking(null);
  const act = (name: 'promote' | 'stop') => (reason: string) => intervene.mutateAsync({ act: name, reason });
  return (
    <>
      <Button
        variant="default"
        loading={intervene.isPending && asking === null}
        onClick={() => intervene.mutate({ act: paused ? 'resume' : 'pause' })}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button variant="default" onClick={() => setAsking('promote')}>
        Promote now
      </Button>
      <Button variant="default" onClick={() => setAsking('stop')}>
        Stop
      </Button>
      {intervene.error && asking === null && <ProblemNote error={intervene.error} />}
      {asking === 'promote' && (
        <ReasonDialog
          title={`Promote version ${rollout.candidate} now`}
          confirm="Promote"
          placeholder="e.g. urgent fix"
          act={act('promote')}
          onClose={close}
        >
          Version {rollout.candidate} gets all traffic at once, without further evidence.
        </ReasonDialog>
      )}
      {asking === 'stop' && (
        <ReasonDialog
          title="Stop the rollout"
          confirm="Stop"
          placeholder="e.g. customers complain"
          tone="bad"
          act={act('stop')}
          onClose={close}
        >
          Version {rollout.production} gets all traffic again.
        </ReasonDialog>
      )}
    </>
  );
}

const share = (value: number) => percent(value, 0);

function tone({ outcome, progress }: Rollout): VerdictTone {
  if (!outcome) return progress.state === 'paused' ? 'warn' : 'plain';
  return outcome.decision === 'promoted' ? 'good' : outcome.decision === 'rolled-back' ? 'bad' : 'warn';
}

function ending({ outcome, progress }: Rollout): string {
  if (!outcome) return '';
  const guard = outcome.guard == null ? '' : `, by the guard ${outcome.guard}`;
  const by = outcome.by == null ? `by evidence${guard}` : `by ${outcome.by}`;
  const when =
    outcome.at == null
      ? progress.state === 'ending'
        ? ', and traffic follows now'
        : ''
      : `, ${dayAndTime(outcome.at)}`;
  return `${outcome.reason ? `${capital(outcome.reason).replace(/\.$/, '')}. ` : ''}Decided ${by}${when}.`;
}

function running({ progress, policy }: Rollout): string {
  if (progress.state === 'paused')
    return `${progress.paused_by ?? 'Somebody'} paused it: the share stays as it is. A guard that is crossed still rolls back.`;
  const step = policy.steps[(progress.step ?? 1) - 1];
  const next = policy.steps[progress.step ?? 1];
  const onwards = next ? `goes on to ${percentage(next.percent)}` : 'is promoted';
  return step
    ? `It ${onwards} when all guards hold, after ${timeText(step.least)} at least. After ${timeText(step.most)} without enough evidence it ends undecided.`
    : '';
}
