import { Button } from '@mantine/core';
import type { Silence } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { dayAndTime } from '../../format';
import { kindWords } from './alerts';
import styles from './Alerts.module.css';
import { useEndSilence } from './queries';

/** What is held back, and until when. */
export function SilenceList({ silences }: { silences: readonly Silence[] }) {
  const end = useEndSilence();
  return (
    <Panel title="Silences" note="These alerts stay in the list and are not sent.">
      <ul className={styles.alerts} aria-label="Silences">
        {silences.map((silence) => (
          <li key={silence.id} className={styles.silence}>
            <div>
              <p>{scope(silence)}</p>
              <p className="quiet small">
                {silence.reason}, by {silence.by}
              </p>
            </div>
            <span className="quiet small">until {dayAndTime(silence.until)}</span>
            <Button
              variant="default"
              aria-label={`End the silence of ${scope(silence)}`}
              loading={end.isPending && end.variables === silence.id}
              onClick={() => end.mutate(silence.id)}
            >
              End
            </Button>
          </li>
        ))}
      </ul>
      {end.error && <ProblemNote error={end.error} />}
    </Panel>
  );
}

function scope({ model, kind }: Silence): string {
  const what = kind == null ? 'All alerts' : `Alerts of the kind ${kindWords(kind)}`;
  return model == null ? what : `${what} about ${model}`;
}
