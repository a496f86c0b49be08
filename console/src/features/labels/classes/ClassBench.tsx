import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AnnotationValue, Dataset } from '../../../api/datasets';
import { classesOf } from '../../../api/datasets';
import { classKeys, classOfKey, commandOf, counts } from '../queue/keys';
import { shownPrefill } from '../queue/session';
import type { Work } from '../queue/session';
import { useKeys } from '../queue/useKeys';
import type { Labelling } from '../queue/useSession';
import { adjusted, UNCHANGED } from '../stage/adjusting';
import { Adjustments } from '../stage/Adjustments';
import { ChosenBecause } from '../stage/ChosenBecause';
import { ImageStage } from '../stage/ImageStage';
import { NoWork } from '../stage/NoWork';
import bench from '../stage/Bench.module.css';
import { ClassPad } from './ClassPad';

interface Props {
  dataset: Dataset;
  labelling: Labelling;
  keysOn: boolean;
}

/** One image, one key, next. With several classes for an image, keys choose and Enter goes on. */
export function ClassBench({ dataset, labelling, keysOn }: Props) {
  const { session, state, queue } = labelling;
  const { work, image } = state;
  const several = dataset.task === 'multi-label';
  const [draft, setDraft] = useState<{ work: Work; names: string[] } | null>(null);
  const [adjustment, setAdjustment] = useState(UNCHANGED);
  const [said, setSaid] = useState('');
  const lastHeld = useRef(0);
  const keys = classKeys(dataset.classes);
  const prefill = work && shownPrefill(work.lease);
  const suggested = classesOf(prefill?.value) ?? [];
  const before = classesOf(work?.given) ?? (several ? suggested : []);
  const chosen = work && draft?.work === work ? draft.names : before;

  function submit(names: string[]) {
    const value: AnnotationValue = { classes: names };
    performance.mark('fovea-label');
    if (session.submit(value)) setSaid(names.length > 0 ? `Labelled ${names.join(', ')}.` : 'Labelled with no class.');
  }

  function choose(index: number) {
    const name = dataset.classes[index]?.name;
    if (name === undefined || !work) return;
    if (!several) {
      submit([name]);
      return;
    }
    const names = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
    setDraft({ work, names: dataset.classes.map((each) => each.name).filter((each) => names.includes(each)) });
  }

  function accept() {
    if (several) submit([...chosen]);
    else if (work?.given) session.forward();
    else if (suggested.length > 0) submit([...suggested]);
  }

  useKeys((event) => {
    const command = commandOf(event);
    const shown = adjusted(adjustment, event);
    if (shown) setAdjustment(shown);
    else if (command === 'undo') session.back();
    else if (command === 'redo') session.forward();
    else if (command === 'skip') session.skip();
    else if (command === 'accept') accept();
    else {
      const index = event.ctrlKey || event.metaKey || event.altKey ? -1 : classOfKey(keys, event.key);
      if (index < 0) return false;
      if (counts(event.repeat, event.timeStamp, lastHeld.current) && !(several && event.repeat)) {
        lastHeld.current = event.timeStamp;
        choose(index);
      }
    }
    return true;
  }, keysOn);

  const status = work?.given
    ? `labelled ${classesOf(work.given)?.join(', ') ?? ''}`
    : suggested.length > 0
      ? `${prefill?.model ?? 'a model'} suggests ${suggested.join(', ')}`
      : 'not labelled yet';
  return (
    <div className={bench.bench} aria-busy={!state.ready} data-testid="bench">
      <div className={bench.view}>
        {work && image ? (
          <ImageStage
            image={image}
            hash={work.item.image.hash}
            alt={`Image ${state.timeline.position + 1}, ${image.width} × ${image.height} pixels, ${status}`}
            adjustment={adjustment}
            onShown={() => {
              session.painted();
              measure();
            }}
          />
        ) : (
          <NoWork labelling={labelling} />
        )}
      </div>
      <div className={bench.side}>
        <ClassPad
          classes={dataset.classes}
          keys={keys}
          chosen={chosen}
          suggested={suggested}
          several={several}
          disabled={!state.ready}
          onChoose={choose}
        />
        <div className={bench.actions}>
          {(several || suggested.length > 0 || work?.given) && (
            <Button onClick={accept} disabled={!work}>
              {several ? 'Next (Enter)' : work?.given ? 'Keep (Enter)' : `Accept (Enter)`}
            </Button>
          )}
          <Button variant="default" onClick={() => session.back()} disabled={state.timeline.position === 0}>
            Undo
          </Button>
          <Button variant="default" onClick={() => session.forward()} disabled={!work?.given}>
            Redo
          </Button>
          <Button variant="subtle" onClick={() => session.skip()} disabled={!work}>
            Skip
          </Button>
        </div>
        <Adjustments adjustment={adjustment} onChange={setAdjustment} />
        {work && <ChosenBecause lease={work.lease} />}
      </div>
      <p className="hidden" role="status" data-testid="said">
        {said}{' '}
        {work ? `Image ${state.timeline.position + 1}, ${status}.` : queue.supply === 'empty' && 'No more images.'}
      </p>
    </div>
  );
}

/** For the benchmark: from the key to the frame that shows the next image. */
function measure() {
  if (performance.getEntriesByName('fovea-label').length === 0) return;
  requestAnimationFrame(() => {
    if (performance.getEntriesByName('fovea-label').length === 0) return;
    performance.measure('fovea-next-image', 'fovea-label');
    performance.clearMarks('fovea-label');
  });
}
