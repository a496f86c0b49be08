import type { LoggedTraffic, VersionDrift } from '../../api/types';
import { Shift } from '../../charts/Shift';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import { count, dayAndTime, percent, points } from '../../format';
import styles from './Drift.module.css';
import { useTrafficBetween } from './queries';
import { sharesOf } from './shares';
import type { LabelShare } from './shares';

const FIRST = 12;
const DAY_MS = 86_400_000;

/** The share of each predicted label before and since the change; without a change, of the last day. */
export function LabelShares({ model, version }: { model: string; version: VersionDrift }) {
  const { alarm, progress } = version;
  const since = alarm?.since ?? dayBefore(progress.updated);
  const before = useTrafficBetween(
    model,
    version.version,
    new Date(Date.parse(since) - 30 * DAY_MS).toISOString(),
    since,
  );
  const after = useTrafficBetween(model, version.version, since, undefined);
  if (!before.data || !after.data) return null;
  const shares = sharesOf(before.data, after.data);
  if (shares.length === 0) return null;
  const most = Math.max(...shares.flatMap((share) => [share.before, share.after]));
  return (
    <Panel
      title="Predicted labels"
      note={`The ring is the share in the 30 days before ${dayAndTime(since)} (${predictions(before.data)}), the dot the share since then (${predictions(after.data)}).`}
    >
      <MoreRows rows={shares} first={FIRST} what="labels">
        {(shown) => (
          <ul className={styles.shares} aria-label="Shares of the predicted labels">
            {shown.map((share) => (
              <ShareRow key={share.label} share={share} most={most} />
            ))}
          </ul>
        )}
      </MoreRows>
    </Panel>
  );
}

function ShareRow({ share: { label, before, after }, most }: { share: LabelShare; most: number }) {
  return (
    <li className={styles.share}>
      <span className={styles.label} title={label}>
        {label}
      </span>
      <Shift before={before} after={after} from={0} to={most} neutral />
      <span className="number">
        {percent(before)} → {percent(after)}
      </span>
      <span className={`number ${styles.points}`}>{points((after - before) * 100)}</span>
    </li>
  );
}

const predictions = (traffic: LoggedTraffic) => `${count(traffic.predictions)} predictions`;

/** A day before, to the hour, so that the address stays the same for a while. */
const dayBefore = (updated: string) =>
  new Date(Math.floor(Date.parse(updated) / 3_600_000 - 24) * 3_600_000).toISOString();
