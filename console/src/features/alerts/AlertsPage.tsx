import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useOpenAlerts } from '../../api/queries';
import type { RaisedAlert, Silence } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import rows from '../../components/RowList.module.css';
import { plural } from '../../format';
import { useTitle } from '../../hooks';
import { AlertRow } from './AlertRow';
import { groups, silenceOf } from './alerts';
import styles from './Alerts.module.css';
import { useAllAlerts, useSilences } from './queries';
import { SilenceList } from './SilenceList';

/** What somebody must know, by model; an address may name the model. */
export function AlertsPage() {
  const [all, setAll] = useState(false);
  const model = useSearchParams()[0].get('model');
  const open = useOpenAlerts();
  const every = useAllAlerts(all);
  const silences = useSilences().data?.silences ?? [];
  useTitle('Alerts');
  const shown = all ? every : open;
  const alerts = shown.data?.alerts.filter((alert) => model == null || alert.subject.model === model);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h1>Alerts</h1>
          <p className="quiet">{alerts && summary(alerts, model)}</p>
        </div>
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
      {alerts ? (
        <Groups alerts={alerts} silences={silences} all={all} />
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
}

function Groups({ alerts, silences, all }: GroupsProps) {
  if (alerts.length === 0) return <None all={all} />;
  return groups(alerts).map(({ model, alerts: of }) => (
    <Panel
      key={model ?? ''}
      title={model ?? 'The server'}
      aside={
        model != null && (
          <Link className="small" to={`/models/${encodeURIComponent(model)}`}>
            Open {model}
          </Link>
        )
      }
    >
      <ul className={styles.alerts} aria-label={`Alerts about ${model ?? 'the server'}`}>
        {of.map((alert) => (
          <AlertRow key={alert.id} alert={alert} silence={silenceOf(alert, silences)} />
        ))}
      </ul>
    </Panel>
  ));
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
