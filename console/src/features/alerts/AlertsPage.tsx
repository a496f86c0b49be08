import { Button, SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useOpenAlerts } from '../../api/queries';
import type { RaisedAlert, Silence } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import rows from '../../components/RowList.module.css';
import { capital, count, plural } from '../../format';
import { useTitle } from '../../hooks';
import { AlertRow } from './AlertRow';
import { AcknowledgeDialog } from './AcknowledgeDialog';
import { groups, kindWords, raisedOf, silenceOf } from './alerts';
import type { AlertGroup, Grouping } from './alerts';
import styles from './Alerts.module.css';
import { useAllAlerts, useSilences } from './queries';
import { SilenceList } from './SilenceList';
import { useAlertKeys } from './useAlertKeys';

/** What somebody must know, by model; an address may name the model. */
export function AlertsPage() {
  const [all, setAll] = useState(false);
  const [by, setBy] = useState<Grouping>('model');
  const page = useRef<HTMLDivElement>(null);
  useAlertKeys(page);
  const model = useSearchParams()[0].get('model');
  const open = useOpenAlerts();
  const every = useAllAlerts(all);
  const silences = useSilences().data?.silences ?? [];
  useTitle('Alerts');
  const shown = all ? every : open;
  const alerts = shown.data?.alerts.filter((alert) => model == null || alert.subject.model === model);
  return (
    <div className={styles.page} ref={page}>
      <div className={styles.head}>
        <div>
          <h1>Alerts</h1>
          <p className="quiet">{alerts && summary(alerts, model)}</p>
        </div>
        <div className={styles.choices}>
          <SegmentedControl
            aria-label="Grouped by"
            data={[
              { value: 'model', label: 'By model' },
              { value: 'kind', label: 'By kind' },
            ]}
            value={by}
            onChange={(value) => setBy(value === 'kind' ? 'kind' : 'model')}
          />
          <SegmentedControl
            aria-label="Alerts shown"
            data={[
              { value: 'open', label: 'Open' },
              { value: 'all', label: 'All' },
            ]}
            value={all ? 'all' : 'open'}
            onChange={(value) => setAll(value === 'all')}
          />
        </div>
      </div>
      {alerts ? (
        <Groups alerts={alerts} silences={silences} all={all} by={by} />
      ) : (
        <Loading error={shown.error} what="the alerts" />
      )}
      {silences.length > 0 && <SilenceList silences={silences} />}
    </div>
  );
}

function summary(alerts: readonly RaisedAlert[], model: string | null): string {
  const about = model == null ? '' : ` about ${model}`;
  const raised = alerts.filter((alert) => alert.status.state === 'raised').length;
  return raised === 0
    ? `Nothing is raised${about}.`
    : `${plural(raised, 'alert')}${about} that nobody has acknowledged.`;
}

interface GroupsProps {
  alerts: readonly RaisedAlert[];
  silences: readonly Silence[];
  all: boolean;
  by: Grouping;
}

function Groups({ alerts, silences, all, by }: GroupsProps) {
  if (alerts.length === 0) return <None all={all} />;
  return (
    <>
      {groups(alerts, by).map((group) => (
        <Group key={`${by} ${group.name ?? ''}`} group={group} by={by} silences={silences} />
      ))}
      <p className={`quiet small ${styles.keys}`}>
        Keys: <kbd>J</kbd> and <kbd>K</kbd> go to the next and previous alert; <kbd>E</kbd> shows its evidence,{' '}
        <kbd>A</kbd> acknowledges, <kbd>S</kbd> silences, <kbd>H</kbd> shows its history.
      </p>
    </>
  );
}

function Group({ group, by, silences }: { group: AlertGroup; by: Grouping; silences: readonly Silence[] }) {
  const [asking, setAsking] = useState(false);
  const raised = raisedOf(group.alerts);
  const name = group.name ?? 'The server';
  const title = by === 'model' ? name : capital(kindWords(name));
  return (
    <Panel
      title={title}
      aside={
        <div className={styles.choices}>
          {raised.length > 1 && (
            <Button
              variant="subtle"
              aria-label={`Acknowledge all ${count(raised.length)} of ${title}`}
              onClick={() => setAsking(true)}
            >
              Acknowledge all {count(raised.length)}
            </Button>
          )}
          {by === 'model' && group.name !== null && (
            <Link className="small" to={`/models/${encodeURIComponent(group.name)}`}>
              Open {group.name}
            </Link>
          )}
        </div>
      }
    >
      <ul className={styles.alerts} aria-label={`Alerts ${by === 'model' ? 'about' : 'of the kind'} ${title}`}>
        {group.alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} silence={silenceOf(alert, silences)} withModel={by === 'kind'} />
        ))}
      </ul>
      {asking && <AcknowledgeDialog alerts={raised} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function None({ all }: { all: boolean }) {
  return (
    <section className={rows.nothing}>
      <h2>{all ? 'There has been no alert' : 'No alert is open'}</h2>
      <p className="quiet">
        An alert is raised when a model is not served, traffic changes, confidence falls, predictions are lost or a
        rollout ends. To have them sent to Slack, Teams, PagerDuty or e-mail, see{' '}
        <a href="docs/how-to/alerts">Send alerts to people</a>.
      </p>
    </section>
  );
}
