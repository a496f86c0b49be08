import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Model, QueuedPicks, Shadow } from '../../api/types';
import { KeyFigures } from '../../components/Facts';
import { Loading } from '../../components/Loading';
import { IntervalText } from '../../components/Interval';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { count, milliseconds, percentage, plural } from '../../format';
import { DifferenceList } from './DifferenceList';
import { useLabelDifferences, useShadow, useStartShadow, useStopShadow } from './queries';
import styles from './Shadow.module.css';

/** A version that predicts production's images without answering anyone, and what it would change. */
export function ShadowPanel({ model }: { model: Model }) {
  const shadow = useShadow(model);
  if (model.shadow == null) return <Start model={model} />;
  if (shadow.data === undefined) return <Loading error={shadow.error} what="the version in shadow" />;
  return <Running model={model} shadow={shadow.data} />;
}

function Start({ model }: { model: Model }) {
  const others = model.versions.filter((each) => each.version !== model.production && !each.archived);
  const [version, setVersion] = useState(model.candidate ?? others[0]?.version ?? null);
  const [percent, setPercent] = useState(100);
  const [dataset, setDataset] = useState('');
  const [max, setMax] = useState(200);
  const start = useStartShadow(model.name);
  if (model.production == null || version == null) {
    return (
      <Panel title="Shadow">
        <p className="quiet">A shadow needs a version in production and another one to compare with it.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Shadow"
      aside={<span className="quiet small">not running</span>}
      note="The version predicts production’s images and answers nobody. It runs where a core is free."
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const images = dataset.trim() === '' ? {} : { images: { dataset: dataset.trim(), max } };
          start.mutate({ version, percent, ...images });
        }}
      >
        <NativeSelect
          label="Version"
          value={String(version)}
          onChange={(event) => setVersion(Number(event.currentTarget.value))}
          data={others.map((each) => ({ value: String(each.version), label: `Version ${each.version}` }))}
        />
        <NumberInput
          label="Percent of the requests"
          min={0.01}
          max={100}
          value={percent}
          onChange={(value) => setPercent(Number(value))}
          hideControls
          suffix={'\u202f%'}
        />
        <TextInput
          label="Keep differing images in data set"
          placeholder="none"
          value={dataset}
          onChange={(event) => setDataset(event.currentTarget.value)}
        />
        <NumberInput
          label="At most"
          min={1}
          max={100_000}
          value={max}
          onChange={(value) => setMax(Number(value))}
          disabled={dataset.trim() === ''}
          hideControls
          suffix=" images"
        />
        <Button type="submit" loading={start.isPending}>
          Start shadow
        </Button>
      </form>
      {start.error && <ProblemNote error={start.error} />}
    </Panel>
  );
}

function Running({ model, shadow }: { model: Model; shadow: Shadow }) {
  const stop = useStopShadow(model.name);
  const label = useLabelDifferences(model.name);
  const { results } = shadow;
  return (
    <Panel
      title="Shadow"
      aside={
        <span className="quiet small">
          version {shadow.version} sees {percentage(shadow.percent)} of the requests
        </span>
      }
    >
      <div className={styles.running}>
        {shadow.problem != null && <p role="alert">The version cannot predict on this server: {shadow.problem}</p>}
        <p>{verdict(shadow)}</p>
        {results.compared > 0 && (
          <KeyFigures
            facts={[
              ['Same prediction', <IntervalText key="a" figure={results.agreement} />],
              ['Images compared', count(results.compared)],
              ['Left out, no core free', count(results.dropped)],
              ['Time, production', milliseconds(results.production_ms)],
              ['CPU time, shadow', milliseconds(results.candidate_cpu_ms)],
            ]}
          />
        )}
        <DifferenceList model={model.name} dataset={shadow.images?.dataset ?? null} />
        <div className={styles.actions}>
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            Stop shadow
          </Button>
          {results.different > 0 && (
            <Button variant="default" loading={label.isPending} onClick={() => label.mutate()}>
              Send differences to labelling
            </Button>
          )}
          {shadow.images && (
            <Button
              component={Link}
              to={`/datasets/${encodeURIComponent(shadow.images.dataset)}/label`}
              variant="default"
            >
              Label differing images
            </Button>
          )}
        </div>
        {label.data && <p role="status">{queued(label.data)}</p>}
        {label.error && <ProblemNote error={label.error} />}
        {stop.error && <ProblemNote error={stop.error} />}
      </div>
    </Panel>
  );
}

function queued({ images, without_image: missing }: QueuedPicks): string {
  const queues = Object.entries(images).map(
    ([dataset, number]) => `${plural(number, 'image')} first in the labelling queue of ${dataset}.`,
  );
  const absent = missing.length === 0 ? [] : [`The images of ${plural(missing.length, 'difference')} are not kept.`];
  return [...queues, ...absent].join(' ');
}

function verdict({ version, results }: Shadow): string {
  const failed = Object.values(results.failures).reduce((sum, each) => sum + each, 0);
  const failures = failed === 0 ? '' : ` It failed on ${plural(failed, 'image')}.`;
  if (results.compared === 0) return `Version ${version} has not been compared with production yet.${failures}`;
  const changes = Object.entries(results.changes).sort((a, b) => b[1] - a[1]);
  const most = changes[0];
  const change = most ? ` Most often: ${most[0]} (${count(most[1])}).` : '';
  return results.different === 0
    ? `Version ${version} predicts the same as production for every image so far.${failures}`
    : `Version ${version} predicts something else for ${plural(results.different, 'image')}.${change}${failures}`;
}
