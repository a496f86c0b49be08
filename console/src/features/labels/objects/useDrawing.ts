import { useRef, useState } from 'react';
import type { AnnotatedObject } from '../../../api/datasets';
import { floodFill } from '../edit/floodFill';
import type { Pixels } from '../edit/floodFill';
import { boxBetween, boxOf, dragHandle, HANDLES, handlePoint, moveObject, movePoint, rounded } from '../edit/handles';
import { closedRing, objectAt, paintObjects, painted, replaceObject, reshaped } from '../edit/objects';
import type { Tool } from '../edit/objects';
import { fillRings } from '../edit/paint';
import type { Point } from '../edit/paint';
import { emptyBitmap } from '../edit/rle';
import type { Extent } from '../edit/viewport';
import type { Gesture } from '../stage/ImageStage';
import type { Grip } from './ShapeLayer';

export interface Brush {
  radius: number;
  tolerance: number;
}

interface Parts {
  tool: Tool;
  name: string;
  semantic: boolean;
  image: Extent;
  objects: readonly AnnotatedObject[];
  selected: number | null;
  brush: Brush;
  pixels: () => Pixels | null;
  /** Screen pixels per image pixel. */
  scale: () => number;
  commit: (objects: readonly AnnotatedObject[], selected: number | null) => void;
  select: (index: number | null) => void;
}

type Drag =
  | { kind: 'box'; from: Point }
  | { kind: 'move'; from: Point }
  | { kind: 'grip'; grip: Grip }
  | { kind: 'tap'; reach: number }
  | { kind: 'paint'; points: Point[] };

/** A corner this near to another one, in pixels of the screen, is the same one: a double click ends an outline. */
const SAME = 4;

/** What the tools do; the objects change when a gesture ends, so that it is one step to undo. */
export function useDrawing(parts: Parts) {
  const { tool, image, objects, selected } = parts;
  const drag = useRef<Drag | null>(null);
  const [preview, setPreview] = useState<readonly AnnotatedObject[] | null>(null);
  const [stroke, setStroke] = useState<readonly Point[]>([]);
  const [outline, setOutline] = useState<Point[]>([]);
  const [pointer, setPointer] = useState<Point | null>(null);

  function closeOutline(): boolean {
    const ring = closedRing(outline);
    setOutline([]);
    if (!ring) return false;
    if (parts.semantic) {
      const region = emptyBitmap(image.width, image.height);
      fillRings(region, [ring]);
      const next = paintObjects(objects, target(), parts.name, { kind: 'region', region }, image, true);
      parts.commit(next.objects, next.index);
      return true;
    }
    parts.commit([...objects, { class: parts.name, polygon: [ring] }], objects.length);
    return true;
  }

  function down(at: Point, reach: number) {
    if (tool === 'box') drag.current = { kind: 'box', from: at };
    // what a tap does waits for its end, because a second finger may come
    else if (tool === 'polygon' || tool === 'fill') drag.current = { kind: 'tap', reach };
    else if (tool === 'select') grab(at, reach);
    else {
      drag.current = { kind: 'paint', points: [at] };
      setStroke([at]);
    }
  }

  function grab(at: Point, reach: number) {
    const grip = selected === null ? null : gripAt(objects[selected], at, reach / parts.scale());
    if (grip) drag.current = { kind: 'grip', grip };
    else {
      const index = objectAt(objects, at, image, 3 / parts.scale());
      parts.select(index);
      drag.current = index === null ? null : { kind: 'move', from: at };
    }
  }

  function addCorner(at: Point, reach: number) {
    const near = (corner: Point | undefined, limit: number) =>
      corner !== undefined && Math.hypot(at.x - corner.x, at.y - corner.y) * parts.scale() < limit;
    if (outline.length > 2 && (near(outline[0], reach) || near(outline[outline.length - 1], SAME))) closeOutline();
    else setOutline([...outline, inside(at, image)]);
  }

  function fill(at: Point) {
    const pixels = parts.pixels();
    if (!pixels) return;
    const { tolerance } = parts.brush;
    const region = floodFill(pixels, at.x, at.y, { tolerance, edge: Math.max(4, tolerance / 2) });
    const next = paintObjects(objects, target(), parts.name, { kind: 'region', region }, image, parts.semantic);
    parts.commit(next.objects, next.index);
  }

  const target = () => painted(objects, selected, parts.name, parts.semantic);

  function painting(points: readonly Point[]) {
    const { radius } = parts.brush;
    const value = tool === 'eraser' ? 0 : 1;
    return paintObjects(
      objects,
      target(),
      parts.name,
      { kind: 'stroke', points, radius, value },
      image,
      parts.semantic,
    );
  }

  function move(at: Point) {
    setPointer(at);
    const now = drag.current;
    if (!now || now.kind === 'tap') return;
    if (now.kind === 'paint') {
      now.points.push(at);
      setStroke([...now.points]);
    } else setPreview(dragged(now, at) ?? null);
  }

  function dragged(now: Exclude<Drag, { kind: 'paint' | 'tap' }>, at: Point): readonly AnnotatedObject[] | null {
    if (now.kind === 'box') {
      const box = boxBetween(now.from, at, image);
      return [...objects, { class: parts.name, box: [...box] }];
    }
    const object = selected === null ? undefined : objects[selected];
    if (selected === null || !object) return null;
    if (now.kind === 'move')
      return replaceObject(objects, selected, moveObject(object, at.x - now.from.x, at.y - now.from.y, image));
    return replaceObject(objects, selected, gripped(object, now.grip, at, image));
  }

  function up(at: Point) {
    const now = drag.current;
    drag.current = null;
    setPreview(null);
    setStroke([]);
    if (!now) return;
    if (now.kind === 'tap') {
      if (tool === 'polygon') addCorner(at, now.reach);
      else fill(at);
      return;
    }
    if (now.kind === 'paint') {
      const done = painting(now.points);
      parts.commit(done.objects, done.index);
      return;
    }
    const still = 'from' in now && Math.hypot(at.x - now.from.x, at.y - now.from.y) * parts.scale() < 4;
    if (still) {
      if (now.kind === 'box') parts.select(objectAt(objects, at, image, 0));
      return;
    }
    const next = dragged(now, at);
    const [, , width = 0, height = 0] = next?.[objects.length]?.box ?? [0, 0, 1, 1];
    if (next && width >= 1 && height >= 1) parts.commit(next, now.kind === 'box' ? objects.length : selected);
  }

  /** What the pointer began is not meant; an outline stays. */
  function drop() {
    drag.current = null;
    setPreview(null);
    setStroke([]);
  }

  function cancel() {
    drop();
    setOutline([]);
  }

  const gesture: Gesture = { down, move, up, drop };
  const shown = preview ?? objects;
  const draft = outline.length > 0 && pointer ? [...outline, pointer] : outline;
  const removeCorner = () => setOutline(outline.slice(0, -1));
  return { gesture, shown, stroke, draft, drawing: outline.length > 0, closeOutline, cancel, removeCorner };
}

const inside = ({ x, y }: Point, { width, height }: Extent): Point => ({
  x: rounded(Math.max(0, Math.min(width, x))),
  y: rounded(Math.max(0, Math.min(height, y))),
});

function gripAt(object: AnnotatedObject | undefined, at: Point, reach: number): Grip | null {
  if (!object) return null;
  let found: Grip | null = null;
  let least = reach;
  const consider = (point: Point, grip: Grip) => {
    const distance = Math.hypot(point.x - at.x, point.y - at.y);
    if (distance > least) return;
    least = distance;
    found = grip;
  };
  const box = boxOf(object);
  if (box) for (const handle of HANDLES) consider(handlePoint(box, handle), { handle });
  object.polygon?.forEach((numbers, ring) => {
    for (let i = 0; i + 1 < numbers.length; i += 2)
      consider({ x: numbers[i] ?? 0, y: numbers[i + 1] ?? 0 }, { ring, point: i / 2 });
  });
  return found;
}

function gripped(object: AnnotatedObject, grip: Grip, at: Point, image: Extent): AnnotatedObject {
  const box = boxOf(object);
  if ('handle' in grip) return box ? { ...object, box: [...dragHandle(box, grip.handle, at, image)] } : object;
  return reshaped(object, { polygon: movePoint(object.polygon ?? [], grip.ring, grip.point, at, image) });
}
