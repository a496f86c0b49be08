import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { isOfWholeImages } from '../../api/datasets';
import { useCaller } from '../../api/queries';
import { Loading } from '../../components/Loading';
import { count, significant } from '../../format';
import { useTitle } from '../../hooks';
import { useDataset } from '../data/queries';
import { ClassBench } from './classes/ClassBench';
import { DefinitionHelp } from './DefinitionHelp';
import { GridBench } from './grid/GridBench';
import { KeyHelp } from './KeyHelp';
import { ObjectBench } from './objects/ObjectBench';
import { OutboxNote } from './OutboxNote';
import { useAnnotator } from './queue/annotator';
import { useSession } from './queue/useSession';
import styles from './LabelPage.module.css';

const AnnotatorDialog = lazy(async () => ({ default: (await import('./AnnotatorDialog')).AnnotatorDialog }));

/** The workbench: images of one data set, labelled one after the other. */
export function LabelPage() {
  const { name = '' } = useParams();
  const dataset = useDataset(name);
  const person = useAnnotator();
  const caller = useCaller();
  const [asking, setAsking] = useState(false);
  useTitle(`Label ${name}`);
  // a session that began under another name would lease images for nothing
  if (!dataset.data || caller === undefined) return <Loading error={dataset.error} what={name} />;
  if (dataset.data.classes.length === 0) return <NoClasses name={name} />;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>
            Label <Link to={`/datasets/${encodeURIComponent(name)}`}>{name}</Link>
          </h1>
          <OutboxNote />
        </div>
        <p className={styles.person}>
          {person && (
            <>
              as <strong>{person}</strong>
            </>
          )}{' '}
          {!caller && (
            <button type="button" className={styles.link} onClick={() => setAsking(true)}>
              {person ? 'Change name' : 'Enter your name'}
            </button>
          )}
        </p>
      </header>
      {person ? <Workbench key={`${name}\n${person}`} dataset={dataset.data} annotator={person} /> : <NoName />}
      {(asking || !person) && (
        <Suspense fallback={null}>
          <AnnotatorDialog key={person} name={person} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  );
}

type Mode = 'one' | 'grid';

function Workbench({ dataset, annotator }: { dataset: Dataset; annotator: string }) {
  const [params, setParams] = useSearchParams();
  const [keysOn, setKeysOn] = useState(true);
  const whole = isOfWholeImages(dataset.task);
  const mode: Mode = whole && params.get('mode') === 'grid' ? 'grid' : 'one';
  return (
    <>
      <DefinitionHelp dataset={dataset} />
      <div className={styles.bar}>
        {whole && (
          <SegmentedControl
            aria-label="How to label"
            value={mode}
            onChange={(next) => setParams(next === 'grid' ? { mode: 'grid' } : {}, { replace: true })}
            data={[
              { value: 'one', label: 'One by one' },
              { value: 'grid', label: 'Look-alikes' },
            ]}
          />
        )}
        <label className={styles.check}>
          <input type="checkbox" checked={keysOn} onChange={(event) => setKeysOn(event.currentTarget.checked)} />
          Keys label
        </label>
        <KeyHelp task={dataset.task} grid={mode === 'grid'} />
      </div>
      {mode === 'grid' ? (
        <GridBench dataset={dataset} annotator={annotator} keysOn={keysOn} />
      ) : (
        <OneByOne dataset={dataset} annotator={annotator} keysOn={keysOn} />
      )}
    </>
  );
}

interface BenchProps {
  dataset: Dataset;
  annotator: string;
  keysOn: boolean;
}

function OneByOne({ dataset, annotator, keysOn }: BenchProps) {
  const labelling = useSession(dataset.name, annotator);
  const { labelled, millis } = labelling.state;
  const Bench = isOfWholeImages(dataset.task) ? ClassBench : ObjectBench;
  return (
    <>
      <Bench dataset={dataset} labelling={labelling} keysOn={keysOn} />
      <p className="quiet small" data-testid="pace">
        {count(labelled)} labelled now
        {labelled > 0 && `, ${significant(millis / labelled / 1000)} s per image`}; {labelling.state.loaded} images
        loaded ahead.
      </p>
    </>
  );
}

function NoName() {
  return <p className="quiet">Labels are kept with the name of the person who gave them. Enter your name to start.</p>;
}

function NoClasses({ name }: { name: string }) {
  return (
    <section>
      <h1>{name} has no classes</h1>
      <p className="quiet">
        Define what is to be told apart <Link to={`/datasets/${encodeURIComponent(name)}/design`}>on its page</Link>{' '}
        before you label.
      </p>
    </section>
  );
}
