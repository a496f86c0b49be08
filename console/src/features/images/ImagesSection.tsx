import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { KeepState, Model } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { ReasonDialog } from '../../components/ReasonDialog';
import { Table } from '../../components/Table';
import { Verdict } from '../../components/Verdict';
import { bytes, capital, count, percent, plural } from '../../format';
import styles from './Images.module.css';
import { KeptTiles } from './KeptTiles';
import { PolicyDialog } from './PolicyDialog';
import { useCloseKeep, useEndKeep, useKeep, useKeptImages } from './queries';
import { policyText } from './words';

const FIRST = 24;
const MORE = 240;

/** Which images of the traffic are kept, how much space they take, and the way to label them. */
export function ImagesSection({ model }: { model: Model }) {
  const keep = useKeep(model.name);
  if (!keep.data) return <Loading error={keep.error} what="what is kept" />;
  return (
    <div className={styles.section}>
      <KeepVerdict model={model.name} keep={keep.data} />
      {keep.data.open.length > 0 && <OpenDays keep={keep.data} />}
      <Newest model={model.name} total={keep.data.images} />
    </div>
  );
}

function KeepVerdict({ model, keep }: { model: string; keep: KeepState }) {
  const [asking, setAsking] = useState<'policy' | 'end' | null>(null);
  const { policy, images, bytes: size, waiting, problem } = keep;
  const close = useCloseKeep(model);
  const end = useEndKeep(model);
  return (
    <Verdict
      tone={problem != null ? 'bad' : policy === null ? 'plain' : 'good'}
      title={policy === null ? 'No images are kept' : `${capital(policyText(policy))} are kept`}
      facts={[
        ['Kept so far', plural(images, 'image')],
        ...(policy === null ? [] : [['Removed after', plural(policy.days, 'day')] as const]),
        ...(waiting > 0 ? [['On their way to the data set', count(waiting)] as const] : []),
        ...(policy === null ? [] : [['Data set', <DatasetLink key="d" name={policy.dataset} />] as const]),
      ]}
      actions={
        <>
          <Button variant={policy === null ? 'filled' : 'default'} onClick={() => setAsking('policy')}>
            {policy === null ? 'Keep images' : 'Change'}
          </Button>
          {policy !== null && (
            <>
              <Button
                component={Link}
                to={`/datasets/${encodeURIComponent(policy.dataset)}/label`}
                variant="default"
                aria-disabled={images === 0 || undefined}
              >
                Label images
              </Button>
              <Button variant="default" loading={close.isPending} onClick={() => close.mutate(undefined)}>
                Choose today’s now
              </Button>
              <Button variant="subtle" onClick={() => setAsking('end')}>
                Stop keeping
              </Button>
            </>
          )}
        </>
      }
    >
      {problem != null && <p role="alert">{problem}</p>}
      <p>
        {policy === null
          ? 'Predictions are logged without their images. Keep some of each day to see what came in, to compare before and after a change, and to label them.'
          : 'The images of a day are chosen when it is over, in UTC. The random ones are an unbiased sample. Requests with X-Fovea-Keep: never are left out.'}
      </p>
      {policy !== null && <Space used={size} max={policy.max_bytes} />}
      {close.data && <p role="status">{plural(close.data.kept, 'image')} of today came into the data set.</p>}
      {close.error && <ProblemNote error={close.error} />}
      {asking === 'policy' && <PolicyDialog model={model} policy={policy} onClose={() => setAsking(null)} />}
      {asking === 'end' && (
        <ReasonDialog
          title="Stop keeping images"
          confirm="Stop keeping"
          label={null}
          tone="bad"
          act={() => end.mutateAsync(undefined)}
          onClose={() => setAsking(null)}
        >
          No more images of {model} are kept. Those in the data set stay until they expire.
        </ReasonDialog>
      )}
    </Verdict>
  );
}

function DatasetLink({ name }: { name: string }) {
  return <Link to={`/datasets/${encodeURIComponent(name)}`}>{name}</Link>;
}

/** How much of the space is taken by images that expire. */
function Space({ used, max }: { used: number; max: number }) {
  return (
    <div className={styles.space}>
      <span>
        {bytes(used)} of {bytes(max)}
      </span>
      <span className="number">{percent(used / max)}</span>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * used) / max)}%` }} />
      </span>
    </div>
  );
}

/** Days whose images are not chosen yet. */
function OpenDays({ keep }: { keep: KeepState }) {
  const lost = keep.open.some((day) => day.lost > 0);
  return (
    <Panel
      title="Not chosen yet"
      note="Staged images are those that would be kept by now, and some that may be given up."
    >
      <Table
        label="Days that are not chosen yet"
        rows={keep.open}
        keyOf={({ day, part }) => `${day} ${part}`}
        columns={[
          { title: 'Day (UTC)', cell: ({ day, part }) => (part > 1 ? `${day}, part ${part}` : day) },
          { title: 'May be kept', number: true, cell: ({ seen }) => count(seen) },
          { title: 'Staged', number: true, cell: ({ staged }) => count(staged) },
          ...(lost
            ? [
                {
                  title: 'Lost',
                  hint: 'Images that could not be stored',
                  number: true,
                  cell: ({ lost: many }: KeepState['open'][number]) => count(many),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function Newest({ model, total }: { model: string; total: number }) {
  const [limit, setLimit] = useState(FIRST);
  const newest = useKeptImages(model, limit);
  if (total === 0) return null;
  if (!newest.data) return <Loading error={newest.error} what="the newest images" />;
  return (
    <Panel title="Newest images" aside={<span className="quiet small">{count(total)} in all</span>}>
      <KeptTiles images={newest.data.images} label="Newest kept images" />
      {newest.data.images.length === limit && limit < MORE && (
        <Button variant="subtle" mt={8} onClick={() => setLimit(MORE)}>
          Show more
        </Button>
      )}
    </Panel>
  );
}
