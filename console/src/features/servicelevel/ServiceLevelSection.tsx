import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { download } from '../../api/client';
import type { Model, ServiceLevel } from '../../api/types';
import { Loading } from '../../components/Loading';
import { ProblemNote } from '../../components/ProblemNote';
import { Verdict } from '../../components/Verdict';
import { count, milliseconds, significant } from '../../format';
import { DaysPanel } from './DaysPanel';
import { ObjectivesDialog } from './ObjectivesDialog';
import { ObjectivesPanel } from './ObjectivesPanel';
import { reportAddress, useObjectives, useServiceLevel } from './queries';
import styles from './ServiceLevel.module.css';
import { headline, lastMonths, monthText } from './words';

/** What was promised of a model and what was kept; an address may name the month. */
export function ServiceLevelSection({ model }: { model: Model }) {
  const [parameters, setParameters] = useSearchParams();
  const months = lastMonths(new Date());
  const wanted = parameters.get('month');
  const month = wanted != null && /^\d{4}-(0[1-9]|1[0-2])$/.test(wanted) ? wanted : (months[0] ?? '');
  const [setting, set] = useState(false);
  const objectives = useObjectives(model.name);
  const level = useServiceLevel(model.name, month);
  return (
    <div className={styles.section}>
      <div className={styles.choices}>
        <NativeSelect
          label="Month (UTC)"
          data={(months.includes(month) ? months : [month, ...months]).map((each) => ({
            value: each,
            label: monthText(each),
          }))}
          value={month}
          onChange={(event) => setParameters({ month: event.currentTarget.value }, { replace: true })}
        />
        <div className={styles.actions}>
          <Button variant="default" disabled={!objectives.data} onClick={() => set(true)}>
            Set objectives
          </Button>
          <Export model={model.name} month={month} />
        </div>
      </div>
      {level.data ? <Month level={level.data} /> : <Loading error={level.error} what="the service level" />}
      {setting && objectives.data && (
        <ObjectivesDialog model={model} objectives={objectives.data} onClose={() => set(false)} />
      )}
    </div>
  );
}

function Month({ level }: { level: ServiceLevel }) {
  const { tone, title } = headline(level);
  const { counts, cost } = level;
  return (
    <>
      <Verdict
        tone={tone}
        title={title}
        facts={[
          ['Answers', count(counts.answers)],
          ['Failures', count(counts.failures)],
          ['Rejected requests', count(counts.rejected)],
          [
            'Latency p95, p99',
            counts.p95_ms == null ? '–' : `${significant(counts.p95_ms)}, ${milliseconds(counts.p99_ms)}`,
          ],
          ['Processor time', `${significant(cost.cpu_seconds)} s`],
          ['Cost of 1,000', cost.per_thousand == null ? '–' : significant(cost.per_thousand)],
        ]}
      >
        {level.objectives.length === 0 ? (
          <p>
            An objective says what must hold in a month, as that 99.9 % of the requests do not fail. Requests are
            counted anyway: set objectives at any time.
          </p>
        ) : (
          <p>{level.verdict}</p>
        )}
      </Verdict>
      <ObjectivesPanel level={level} />
      {level.days.length > 0 && <DaysPanel key={level.month} level={level} />}
    </>
  );
}

/** A page of the month that stands alone, to print or to send. */
function Export({ model, month }: { model: string; month: string }) {
  const [error, setError] = useState<Error | null>(null);
  const take = () => {
    setError(null);
    download(reportAddress(model, month), `${model}-service-level-${month}.html`).catch((failure: unknown) =>
      setError(failure instanceof Error ? failure : new Error(String(failure))),
    );
  };
  return (
    <>
      <Button variant="default" onClick={take}>
        Export the month
      </Button>
      {error && <ProblemNote error={error} />}
    </>
  );
}
