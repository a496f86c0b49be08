import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Link } from 'react-router';
import type { Dataset } from '../../api/datasets';
import type { Pilot } from '../../api/design';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { Tag } from '../../components/Tag';
import { count, dayAndTime, plural } from '../../format';
import { useAnnotator } from '../labels/queue/annotator';
import { NameNeeded } from '../review/NameNeeded';
import { PilotReport } from './PilotReport';
import { useEndPilot, usePilot, useStartPilot } from './queries';
import styles from './Design.module.css';

const STATES = { drawn: 'not started', running: 'running', done: 'done' } as const;

/** The test of the question with people: started, under way, or what it says. */
export function PilotPanel({ dataset }: { dataset: Dataset }) {
  const pilot = usePilot(dataset.name);
  if (pilot.data === undefined) return <Loading error={pilot.error} what="the pilot" />;
  const newest = pilot.data;
  return (
    <Panel
      title="Pilot"
      aside={newest && <Tag tone={newest.state === 'done' ? 'good' : 'spot'}>{STATES[newest.state]}</Tag>}
      note="Two or more people label the same 30 to 50 images, blind: no predictions, no known answers, no sight of what others said. Where they disagree, the question is not clear yet."
    >
      <div className={styles.section}>
        {newest && <Progress dataset={dataset} pilot={newest} />}
        {newest?.agreement && <PilotReport dataset={dataset} agreement={newest.agreement} />}
        {(!newest || newest.state === 'done') && <Start dataset={dataset} again={newest !== null} />}
      </div>
    </Panel>
  );
}

function Start({ dataset, again }: { dataset: Dataset; again: boolean }) {
  const start = useStartPilot(dataset.name);
  const person = useAnnotator();
  const [images, setImages] = useState(40);
  const [people, setPeople] = useState(2);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    start.mutate({ images, people, annotator: person });
  }
  if (!person) return <NameNeeded />;
  return (
    <form onSubmit={submit} className={styles.row} aria-label="Start a pilot">
      <NumberInput
        label="Images"
        min={10}
        max={200}
        value={images}
        onChange={(next) => setImages(Number(next))}
        w={110}
      />
      <NumberInput
        label="People"
        min={2}
        max={20}
        value={people}
        onChange={(next) => setPeople(Number(next))}
        w={110}
      />
      <Button type="submit" variant={again ? 'default' : 'filled'} disabled={start.isPending}>
        {start.isPending ? 'Drawing images…' : again ? 'Start another pilot' : 'Start the pilot'}
      </Button>
      {start.error && <ProblemNote error={start.error} />}
    </form>
  );
}

function Progress({ dataset, pilot }: { dataset: Dataset; pilot: Pilot }) {
  const end = useEndPilot(dataset.name);
  const { images: all, people, complete, annotators } = pilot.progress;
  const open = pilot.state !== 'done';
  return (
    <div className={styles.section}>
      <p>
        Pilot {pilot.number}: {count(complete)} of {plural(all, 'image')} labelled by {people} people.{' '}
        <span className="quiet small">
          Started by <bdi>{pilot.started_by}</bdi>, {dayAndTime(pilot.drawn_at)}.
        </span>
      </p>
      {annotators.length > 0 && (
        <ul className={styles.people} aria-label="People of the pilot">
          {annotators.map(({ name, images }) => (
            <li key={name}>
              <span dir="auto">{name}</span>
              <meter min={0} max={all} value={images} aria-label={`Images of ${name}`} />
              <span className="quiet">
                {count(images)} of {count(all)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div className={styles.row}>
          <Button component={Link} to={`/datasets/${encodeURIComponent(dataset.name)}/label`}>
            Label its images
          </Button>
          <Button variant="subtle" disabled={end.isPending} onClick={() => end.mutate()}>
            End it now
          </Button>
          <span className="quiet small">Others open this page and do the same; nobody gets an image twice.</span>
        </div>
      )}
      {end.error && <ProblemNote error={end.error} />}
    </div>
  );
}
