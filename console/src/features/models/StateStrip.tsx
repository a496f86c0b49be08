import { Link } from 'react-router';
import { useOpenAlerts } from '../../api/queries';
import type { Model } from '../../api/types';
import { plural } from '../../format';
import { useDrift } from '../drift/queries';
import { heading } from '../drift/words';
import { useRollouts } from '../rollout/queries';
import { title } from '../rollout/words';
import styles from './StateStrip.module.css';

interface State {
  to: string;
  what: string;
  says: string;
  tone: 'good' | 'bad' | 'warn' | 'plain';
}

/** What the other pages of a model would say first, each with the way there. */
export function StateStrip({ model }: { model: Model }) {
  const alerts = useOpenAlerts().data?.alerts.filter((alert) => alert.subject.model === model.name) ?? [];
  const drift = useDrift(model.name).data?.versions.find((version) => version.version === model.production);
  const rollout = useRollouts(model.name).data?.[0];
  const address = `/models/${encodeURIComponent(model.name)}`;
  const states: State[] = [];
  if (alerts.length > 0)
    states.push({
      to: `/alerts?model=${encodeURIComponent(model.name)}`,
      what: 'Alerts',
      says: plural(alerts.length, 'open alert'),
      tone: alerts.some((alert) => alert.status.state === 'raised') ? 'bad' : 'warn',
    });
  if (drift)
    states.push({
      to: `${address}/drift`,
      what: 'Drift',
      says: heading(drift),
      tone: drift.phase === 'alarm' ? 'bad' : drift.phase === 'watching' ? 'good' : 'plain',
    });
  if (rollout && rollout.progress.state !== 'ended')
    states.push({ to: `${address}/rollout`, what: 'Rollout', says: title(rollout), tone: 'warn' });
  if (states.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label="State of the model">
      {states.map(({ to, what, says, tone }) => (
        <li key={what} className={styles.state} data-tone={tone}>
          <Link to={to}>{what}</Link>
          <span>{says}</span>
        </li>
      ))}
    </ul>
  );
}
