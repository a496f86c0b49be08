import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AnnotatedObject, Dataset } from '../../../api/datasets';
import { objectsOf } from '../../../api/datasets';
import { plural } from '../../../format';
import { colorOf } from '../../predict/objects';
import { ClassPad } from '../classes/ClassPad';
import type { Pixels } from '../edit/floodFill';
import { boxOf, growBox, moveObject } from '../edit/handles';
import { advance, begin, redo, undo } from '../edit/history';
import { removeObject, replaceObject, RESERVED, TOOL_KEYS, toolsOf } from '../edit/objects';
import type { Tool } from '../edit/objects';
import type { LoadedImage } from '../queue/images';
import { arrowOf, classKeys, classOfKey, commandOf } from '../queue/keys';
import { shownPrefill } from '../queue/session';
import type { Work } from '../queue/session';
import { useKeys } from '../queue/useKeys';
import type { Labelling } from '../queue/useSession';
import { Adjustments } from '../stage/Adjustments';
import { ImageStage } from '../stage/ImageStage';
import bench from '../stage/Bench.module.css';
import type { Setup } from './ObjectBench';
import { ObjectList } from './ObjectList';
import { ShapeLayer } from './ShapeLayer';
import { ToolBar } from './ToolBar';
import { useDrawing } from './useDrawing';

interface Props {
  dataset: Dataset;
  labelling: Labelling;
  work: Work;
  image: LoadedImage;
  setup: Setup;
  onSetup: (change: Partial<Setup>) => void;
  keysOn: boolean;
}

/** The objects of one image. Every change is a step to undo; before the first one, undo goes to the image before. */
export function ObjectEditor({ dataset, labelling, work, image, setup, onSetup, keysOn }: Props) {
  const { session, state } = labelling;
  const prefill = shownPrefill(work.lease);
  const [start] = useState<readonly AnnotatedObject[]>(() => objectsOf(work.given) ?? objectsOf(prefill?.value) ?? []);
  const [history, setHistory] = useState(() => begin(start));
  const [choice, setChoice] = useState<number | null>(null);
  const element = useRef<HTMLImageElement | null>(null);
  const pixels = useRef<Pixels | null>(null);
  const scale = useRef(1);
  const objects = history.present;
  const selected = choice !== null && choice < objects.length ? choice : null;
  const classes = dataset.classes;
  const keys = classKeys(classes, RESERVED);
  const { tool, brush } = setup;
  const name = classes[setup.classIndex]?.name ?? '';
  const previous = objectsOf(state.timeline.works[state.timeline.position - 1]?.given);

  function commit(next: readonly AnnotatedObject[], index: number | null) {
    setHistory(advance(history, next));
    setChoice(index);
  }

  const drawing = useDrawing({
    tool,
    name,
    semantic: dataset.task === 'semantic-segmentation',
    image,
    objects,
    selected,
    brush,
    pixels: () => (pixels.current ??= element.current && pixelsOf(element.current)),
    scale: () => scale.current,
    commit,
    select: setChoice,
  });

  function change(next: (object: AnnotatedObject) => AnnotatedObject) {
    const object = selected === null ? undefined : objects[selected];
    if (object && selected !== null) commit(replaceObject(objects, selected, next(object)), selected);
  }

  function chooseClass(index: number) {
    const chosen = classes[index]?.name;
    if (chosen === undefined) return;
    onSetup({ classIndex: index });
    if (dataset.task !== 'semantic-segmentation') change((object) => ({ ...object, class: chosen }));
  }

  function copy() {
    if (previous && previous.length > 0)
      commit([...objects, ...previous.map((object) => moveObject(object, 0, 0, image))], null);
  }

  function stepBack() {
    if (drawing.drawing) drawing.removeCorner();
    else if (history.past.length > 0) setHistory(undo(history));
    else session.back();
  }

  function stepForward() {
    if (history.future.length > 0) setHistory(redo(history));
    else session.forward();
  }

  function accept() {
    if (drawing.drawing) drawing.closeOutline();
    else session.submit({ objects: [...objects] });
  }

  function resizeBrush(factor: number) {
    if (tool === 'fill')
      onSetup({ brush: { ...brush, tolerance: Math.max(1, Math.min(128, Math.round(brush.tolerance * factor))) } });
    else onSetup({ brush: { ...brush, radius: Math.max(0.5, Math.min(200, brush.radius * factor)) } });
  }

  function letter(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = event.key.toLowerCase();
    const chosen = toolsOf(dataset.task).find((each: Tool) => TOOL_KEYS[each] === key);
    if (chosen) onSetup({ tool: chosen });
    else if (key === '[' || key === ']') resizeBrush(key === ']' ? 1.25 : 0.8);
    else if (key === 'n') setChoice(objects.length === 0 ? null : ((selected ?? -1) + 1) % objects.length);
    else {
      const index = classOfKey(keys, event.key);
      if (index < 0) return false;
      chooseClass(index);
    }
    return true;
  }

  useKeys((event) => {
    const arrow = arrowOf(event);
    if (arrow && selected !== null) {
      change((object) => {
        const box = event.altKey ? boxOf(object) : null;
        if (box) return { ...object, box: [...growBox(box, arrow.dx, arrow.dy, image)] };
        return moveObject(object, arrow.dx, arrow.dy, image);
      });
      return true;
    }
    switch (commandOf(event)) {
      case 'undo':
        stepBack();
        return true;
      case 'redo':
        stepForward();
        return true;
      case 'accept':
        if (!event.repeat) accept();
        return true;
      case 'skip':
        session.skip();
        return true;
      case 'copy':
        copy();
        return true;
      case 'remove':
        if (selected !== null) commit(removeObject(objects, selected), null);
        return true;
      case 'escape':
        drawing.cancel();
        setChoice(null);
        return true;
      case 'help':
      case null:
        return letter(event);
    }
  }, keysOn);

  const changed = objects !== start;
  return (
    <div className={bench.bench} aria-busy={!state.ready} data-testid="bench">
      <div className={bench.view}>
        <ImageStage
          image={image}
          hash={work.item.image.hash}
          alt={`Image ${state.timeline.position + 1}, ${image.width} × ${image.height} pixels, ${plural(objects.length, 'object')}`}
          adjustment={setup.adjustment}
          gesture={drawing.gesture}
          cursor={tool === 'select' ? 'default' : 'crosshair'}
          onShown={(shown) => {
            element.current = shown;
            session.painted();
          }}
          overlay={(view) => {
            scale.current = view.scale;
            return (
              <ShapeLayer
                objects={drawing.shown}
                selected={selected}
                image={image}
                view={view}
                handles={tool === 'select' || tool === 'box'}
                draft={drawing.draft}
                stroke={{
                  points: drawing.stroke,
                  radius: brush.radius,
                  color: tool === 'eraser' ? '#fff' : colorOf(name),
                }}
              />
            );
          }}
        />
      </div>
      <div className={bench.side}>
        <ToolBar task={dataset.task} setup={setup} onSetup={onSetup} />
        <ClassPad classes={classes} keys={keys} chosen={[name]} suggested={[]} onChoose={chooseClass} />
        <ObjectList
          objects={objects}
          selected={selected}
          onSelect={setChoice}
          onChange={(index, object) => commit(replaceObject(objects, index, object), index)}
          onRemove={(index) => commit(removeObject(objects, index), null)}
        />
        <div className={bench.actions}>
          <Button onClick={accept}>{changed || !prefill ? 'Next (Enter)' : 'Accept (Enter)'}</Button>
          <Button
            variant="default"
            onClick={stepBack}
            disabled={history.past.length === 0 && state.timeline.position === 0}
          >
            Undo
          </Button>
          <Button variant="default" onClick={stepForward} disabled={history.future.length === 0 && !work.given}>
            Redo
          </Button>
          <Button variant="default" onClick={copy} disabled={!previous || previous.length === 0}>
            Copy from before
          </Button>
          <Button variant="subtle" onClick={() => session.skip()}>
            Skip
          </Button>
        </div>
        <Adjustments adjustment={setup.adjustment} onChange={(adjustment) => onSetup({ adjustment })} />
        <p className="quiet small" role="status" data-testid="said">
          {work.given
            ? 'Labelled before in this session.'
            : prefill
              ? `${prefill.model} suggests ${plural(objectsOf(prefill.value)?.length ?? 0, 'object')}, ${changed ? 'changed' : 'not changed yet'}.`
              : `${plural(objects.length, 'object')}.`}
          {` Chosen because: ${work.lease.reason}.`}
        </p>
      </div>
    </div>
  );
}

/** The image's own pixels, as the fill reads them. */
function pixelsOf(element: HTMLImageElement): Pixels | null {
  const canvas = document.createElement('canvas');
  canvas.width = element.naturalWidth;
  canvas.height = element.naturalHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(element, 0, 0);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}
