import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Experiment } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { Verdict } from '../../components/Verdict';
import { capital, count, dayAndTime, percent, plural } from '../../format';
import { useStopExperiment } from './queries';
import { effectText, headline, lateText, reasonText, tone } from './words';

/** What an experiment says, or where it is, and the way to end it. */
export function ExperimentVerdict({ model, experiment }: { model: string; experiment: Experiment }) {
  const [asking, setAsking] = useState(false);
  const stop = useStopExperiment(model);
  const { design, progress, start, variants } = experiment;
  const { outcome, mismatch } = progress;
  const late = lateText(experiment);
  return (
    <Verdict
      tone={tone(experiment)}
      title={headline(experiment)}
      facts={[
        ['Units', count(variants.reduce((sum, each) => sum + each.units, 0))],
        ['Smallest effect of interest', effectText(design.effect, design.metric)],
        ['Wrong statements', `at most ${percent(design.error, 0)}`],
        ['Analysed', design.units == null ? 'at every look' : `once, after ${plural(design.units, 'unit')}`],
        ['Started', `${dayAndTime(start.at)} by ${start.by}`],
      ]}
      actions={
        progress.state === 'running' ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            Stop
          </Button>
        ) : null
      }
    >
      {mismatch != null && (
        <p role="alert">
          <strong>{capital(mismatch)}</strong> Something other than the version differs, so there is no verdict. Look
          for a version that cannot be loaded, a bot, one image that is sent again and again, or a caller that sends the
          key for some requests only.
        </p>
      )}
      {outcome ? <p>{ending(experiment)}</p> : mismatch == null && <p>{capital(progress.text)}.</p>}
      {late !== undefined && <p>{late}</p>}
      {start.reason && <p className="quiet">Why it was started: {start.reason}</p>}
      {asking && (
        <ReasonDialog
          title="Stop the experiment"
          confirm="Stop"
          placeholder="e.g. the season is over"
          tone="bad"
          act={(reason) => stop.mutateAsync(reason)}
          onClose={() => setAsking(false)}
        >
          Version {experiment.control} gets all traffic again. What was counted so far stays on record.
        </ReasonDialog>
      )}
    </Verdict>
  );
}

function ending(experiment: Experiment): string {
  const { outcome, state } = experiment.progress;
  if (!outcome) return '';
  const who = outcome.by == null ? '' : ` by ${outcome.by}`;
  const when =
    outcome.at == null
      ? state === 'ending'
        ? ' Traffic follows now.'
        : ''
      : ` Ended ${dayAndTime(outcome.at)}${who}.`;
  const promoted = outcome.decision === 'better' && !experiment.design.promote ? ' Nothing was promoted.' : '';
  return `${reasonText(experiment)}${when}${promoted}`;
}
