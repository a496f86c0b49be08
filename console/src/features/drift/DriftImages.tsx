import { Link } from 'react-router';
import type { DriftAlarm } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { dayAndTime, plural, significant } from '../../format';
import { KeptTiles } from '../images/KeptTiles';
import { useKeptBetween } from '../images/queries';
import { sampleFirst } from '../images/words';
import styles from './Drift.module.css';

const SHOWN = 8;
/** As many are read as a policy of 60 images a day keeps in about two days, to prefer those of the random sample. */
const READ = 100;
const DAYS_BEFORE = 30;
const DAY_MS = 86_400_000;

interface Props {
  model: string;
  version: number;
  alarm: DriftAlarm;
}

/** Kept images before and since the change side by side, and what to look at where none are kept. */
export function DriftImages({ model, version, alarm }: Props) {
  const { origin, since } = alarm;
  const from = new Date(Date.parse(since) - DAYS_BEFORE * DAY_MS).toISOString();
  const before = useKeptBetween(model, from, since, READ);
  const after = useKeptBetween(model, since, undefined, READ);
  return (
    <Panel
      title="Images before and since"
      note={`Kept images of the ${DAYS_BEFORE} days before ${dayAndTime(since)}, and since then; those of the random sample first.`}
    >
      <div className={styles.sides}>
        <Side title="Before" version={version} images={before} requests={origin.requests_before} />
        <Side title="Since" version={version} images={after} requests={origin.requests_after} />
      </div>
      {before.data?.images.length === 0 && after.data?.images.length === 0 && (
        <p className={styles.none}>
          No images of this time are kept, so there are none to compare.{' '}
          <Link to={`/models/${encodeURIComponent(model)}/images`}>Keep some images of each day</Link> to see the next
          change.
        </p>
      )}
    </Panel>
  );
}

interface SideProps {
  title: string;
  version: number;
  images: ReturnType<typeof useKeptBetween>;
  requests: readonly string[];
}

function Side({ title, version, images, requests }: SideProps) {
  const ofVersion = images.data?.images.filter((image) => image.version === version) ?? [];
  const shown = sampleFirst(ofVersion).slice(0, SHOWN);
  return (
    <div className={styles.side}>
      <h3>{title}</h3>
      {!images.data ? (
        <Loading error={images.error} what="images" />
      ) : shown.length === 0 ? (
        <p className="quiet small">No images are kept.</p>
      ) : (
        <KeptTiles images={shown} label={`Images ${title.toLowerCase()} the change`} />
      )}
      {requests.length > 0 && (
        <details className="small">
          <summary>{plural(requests.length, 'request')} drawn evenly</summary>
          <ul className={styles.requests}>
            {requests.map((request) => (
              <li key={request}>
                <code>{request}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** The held-out images that are most like those since the change. */
export function NearestHeldOut({ nearest }: { nearest: DriftAlarm['origin']['nearest_held_out'] }) {
  if (nearest.length === 0) return null;
  return (
    <Panel
      title="Nearest held-out images"
      note="The images of the evaluation whose embedding is nearest to the mean since the change. The bundle has their measures and labels, not the images."
    >
      <Table
        dense
        label="Nearest held-out images"
        rows={nearest}
        keyOf={({ row }) => row}
        columns={[
          { title: 'Row of the reference', cell: ({ row }) => row },
          { title: 'True label', cell: ({ labels }) => labels.join(', ') || 'none' },
          { title: 'Distance', number: true, cell: ({ distance }) => significant(distance) },
        ]}
      />
    </Panel>
  );
}
