import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AnnotatedObject, Dataset } from '../../../api/datasets';
import { objectsOf } from '../../../api/datasets';
import { plural } from '../../../format';
import { colorOf } from '../../predict/objects';
import { ClassPad } from '../classes/ClassPad';
import type { Pixels } from '../edit/floodFill';
import { cornersOf, moved, moveObject } from '../edit/handles';
import { advance, begin, redo, undo } from '../edit/history';
import { removeObject, replaceObject, RESERVED } from '../edit/objects';
import type { LoadedImage } from '../queue/images';
import { classKeys } from '../queue/keys';
import { shownPrefill } from '../queue/session';
import type { Work } from '../queue/session';
import type { Labelling } from '../queue/useSession';
import { Adjustments } from '../stage/Adjustments';
import { ChosenBecause } from '../stage/ChosenBecause';
import { ImageStage } from '../stage/ImageStage';
import bench from '../stage/Bench.module.css';
import type { Setup } from './ObjectBench';
import { ObjectList } from './ObjectList';
import { ShapeLayer } from './ShapeLayer';
import { ToolBar } from './ToolBar';
import { useCrosshair } from './useCrosshair';
import { useDrawing } from './useDrawing';
import { useEditorKeys } from './useEditorKeys';
import { selectionWords } from './words';

interface Props {
  dataset: Dataset;
  labelling: Labelling;
  work: Work;
  image: LoadedImage;
  setup: Setup;
  onSetup: (change: Partial<Setup>) => void;
  /** For screen readers. */
  onSay: (words: string) => void;
  keysOn: boolean;
}

/** The objects of one image. Every change is a step to undo; before the first one, undo goes to the image before. */
export function ObjectEditor({ dataset, labelling, work, image, setup, onSetup, onSay, keysOn }: Props) {
  const { session, state } = labelling;
  const prefill = shownPrefill(work.lease);
  const [start] = useState<readonly AnnotatedObject[]>(() => objectsOf(work.given) ?? objectsOf(prefill?.value) ?? []);
  const [history, setHistory] = useState(() => begin(start));
  const [choice, setChoice] = useState<number | null>(null);
  const [corner, setCorner] = useState<number | null>(null);
  const [editing, setEditing] = useState(false);
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

  function select(index: number | null, among = objects) {
    setChoice(index);
    if (index !== selected) {
      setCorner(null);
      setEditing(false);
    }
    onSay(selectionWords(among, index));
  }

  function commit(next: readonly AnnotatedObject[], index: number | null) {
    setHistory(advance(history, next));
    select(index, next);
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
    select,
  });
  const crosshair = useCrosshair({ tool, image, gesture: drawing.gesture, scale: () => scale.current });

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
    else if (session.submit({ objects: [...objects] })) onSay(`Saved ${plural(objects.length, 'object')}.`);
  }

  function resizeBrush(factor: number) {
    if (tool === 'fill')
      onSetup({ brush: { ...brush, tolerance: Math.max(1, Math.min(128, Math.round(brush.tolerance * factor))) } });
    else onSetup({ brush: { ...brush, radius: Math.max(0.5, Math.min(200, brush.radius * factor)) } });
  }

  function arrow(dx: number, dy: number, resizes: boolean): boolean {
    const drawn = drawing.drawing || crosshair.down;
    const object = selected === null ? undefined : objects[selected];
    if (object && !object.mask && !drawn && (tool === 'select' || tool === 'box')) {
      change((each) => moved(each, corner, dx, dy, resizes, image));
      return true;
    }
    if (tool === 'select') return false;
    crosshair.move(dx, dy);
    return true;
  }

  useEditorKeys(
    { task: dataset.task, keys, adjustment: setup.adjustment, keysOn },
    {
      arrow,
      press: () => tool !== 'select' && crosshair.press(),
      nextObject: () => select(objects.length === 0 ? null : ((selected ?? -1) + 1) % objects.length),
      nextCorner: () => {
        const corners = cornersOf(selected === null ? undefined : objects[selected]);
        if (corners > 0) setCorner(((corner ?? -1) + 1) % corners);
      },
      remove: () => selected !== null && commit(removeObject(objects, selected), null),
      editAttributes: () => setEditing(selected !== null),
      copy,
      back: stepBack,
      forward: stepForward,
      accept,
      skip: () => session.skip(),
      escape: () => {
        const begun = drawing.drawing || crosshair.down;
        drawing.cancel();
        crosshair.lift();
        if (begun) return;
        if (selected === null) crosshair.leave();
        else select(null);
      },
      chooseTool: (next) => onSetup({ tool: next }),
      chooseClass,
      resizeBrush,
      adjust: (adjustment) => onSetup({ adjustment }),
    },
  );

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
          focus={crosshair.at}
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
                corner={corner}
                crosshair={crosshair.at}
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
          editing={editing}
          onEdit={setEditing}
          onSelect={select}
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
        <p className="quiet small" data-testid="state">
          {work.given
            ? 'Labelled before in this session.'
            : prefill
              ? `${prefill.model} suggests ${plural(objectsOf(prefill.value)?.length ?? 0, 'object')}, ${changed ? 'changed' : 'not changed yet'}.`
              : `${plural(objects.length, 'object')}.`}
        </p>
        <ChosenBecause lease={work.lease} />
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
