import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PointerEvent as ReactPointerEvent, ReactNode } from 'react';
import type { Point } from '../edit/paint';
import { fit, pan, PIXELATED, reveal, toImage, toScreen, wheelFactor, zoomAt } from '../edit/viewport';
import type { Extent, Viewport } from '../edit/viewport';
import type { LoadedImage } from '../queue/images';
import { arrowOf, takesKeys } from '../queue/keys';
import { filterOf } from './adjusting';
import type { Adjustment } from './adjusting';
import styles from './ImageStage.module.css';

/** What a tool does with a pointer; points are pixels of the image. */
export interface Gesture {
  /** Handles are caught within so many pixels of the screen. */
  down: (at: Point, reach: number) => void;
  move: (at: Point) => void;
  up: (at: Point) => void;
  /** A second finger came: what was begun is not meant. */
  drop: () => void;
}

/** How far from a handle a pointer may be; a finger is as wide as its target must be, 44 pixels. */
const REACH = { mouse: 14, touch: 22 };

/** How far an arrow key moves the image while Space is held, in pixels of the screen. */
const PAN_STEP = 60;

/** What keys point at stays so far inside the stage. */
const MARGIN = 32;

interface Props {
  image: LoadedImage;
  /** Its hash. */
  hash: string;
  /** What a screen reader says. */
  alt: string;
  adjustment: Adjustment;
  /** Nothing: a drag moves the image. */
  gesture?: Gesture;
  cursor?: string;
  /** What keys point at: they zoom around it, and it stays in sight. */
  focus?: Point | null;
  /** What lies on the image, in its pixels. */
  overlay?: (view: Viewport) => ReactNode;
  onShown?: (element: HTMLImageElement) => void;
}

/**
 * An image to look at closely: the wheel or two fingers zoom to pixels; Space with a drag or an arrow key pans, and so
 * do the middle button and two fingers.
 */
export function ImageStage({ image, hash, alt, adjustment, gesture, cursor, focus, overlay, onShown }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Extent | null>(null);
  const [moved, setMoved] = useState<{ src: string; view: Viewport } | null>(null);
  const panning = useSpace();
  const whole = room && fit(image, room);
  const view = moved?.src === image.src ? moved.view : whole;
  const state = useRef({ view, whole, image, focus });
  useLayoutEffect(() => {
    state.current = { view, whole, image, focus };
  });

  const change = useCallback((next: (view: Viewport, whole: Viewport) => Viewport) => {
    const now = state.current;
    if (!now.view || !now.whole) return;
    // at once, because two fingers move before the next rendering
    now.view = next(now.view, now.whole);
    setMoved({ src: now.image.src, view: now.view });
  }, []);

  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth || 1, height: element.clientHeight || 1 });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // a wheel listener of React is passive and cannot keep the page still
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = pointIn(element, event);
      change((from, least) => zoomAt(from, at, wheelFactor(event.deltaY, event.deltaMode), least.scale));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, [change]);

  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const factor = event.key === '+' || event.key === '=' ? 1.5 : event.key === '-' ? 1 / 1.5 : null;
      if (event.ctrlKey || event.metaKey || takesKeys(event.target, event.key)) return;
      if (event.key === 'Home' && !event.shiftKey) setMoved(null);
      else if (factor && stage.current) {
        const { clientWidth, clientHeight } = stage.current;
        change((from, least) => {
          const { focus: point } = state.current;
          const at = point ? toScreen(from, point) : { x: clientWidth / 2, y: clientHeight / 2 };
          return zoomAt(from, at, factor, least.scale);
        });
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, [change]);

  useEffect(() => {
    if (!panning) return;
    // before the keys of the page, which move objects with arrows
    const keys = (event: KeyboardEvent) => {
      const arrow = arrowOf({ key: event.key, shiftKey: false });
      const element = stage.current;
      if (!arrow || !element) return;
      event.preventDefault();
      event.stopPropagation();
      change((from) => pan(from, -PAN_STEP * arrow.dx, -PAN_STEP * arrow.dy, state.current.image, extentOf(element)));
    };
    addEventListener('keydown', keys, true);
    return () => removeEventListener('keydown', keys, true);
  }, [panning, change]);

  const { x, y } = focus ?? {};
  useLayoutEffect(() => {
    const element = stage.current;
    if (x === undefined || y === undefined || !element) return;
    change((from, least) => (from.scale > least.scale ? reveal(from, { x, y }, extentOf(element), MARGIN) : from));
  }, [x, y, change]);

  const pointers = usePointers(stage, state, change, panning, gesture);
  return (
    <div
      ref={stage}
      className={styles.stage}
      style={{ cursor: panning || !gesture ? 'grab' : (cursor ?? 'crosshair') }}
      data-testid="stage"
      data-image={hash}
      {...pointers}
    >
      {view && (
        <div
          className={styles.sheet}
          style={{
            width: image.width,
            height: image.height,
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
          }}
        >
          <img
            src={image.src}
            alt={alt}
            width={image.width}
            height={image.height}
            decoding="sync"
            draggable={false}
            data-pixels={view.scale >= PIXELATED || undefined}
            style={{ filter: filterOf(adjustment) }}
            onLoad={(event) => onShown?.(event.currentTarget)}
          />
          {overlay?.(view)}
        </div>
      )}
      {view && whole && view.scale > whole.scale * 1.01 && (
        <button type="button" className={styles.zoom} onClick={() => setMoved(null)}>
          {Math.round(view.scale * 100)} %, show all
        </button>
      )}
    </div>
  );
}

const extentOf = (element: HTMLElement): Extent => ({ width: element.clientWidth, height: element.clientHeight });

const pointIn = (element: HTMLElement, event: { clientX: number; clientY: number }): Point => {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left - element.clientLeft, y: event.clientY - top - element.clientTop };
};

/** Whether Space is down, which pans as long as it is. */
function useSpace(): boolean {
  const [down, setDown] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== ' ' || takesKeys(event.target, ' ')) return;
      event.preventDefault();
      setDown(true);
    };
    const release = (event: KeyboardEvent) => event.key === ' ' && setDown(false);
    const leave = () => setDown(false);
    addEventListener('keydown', press);
    addEventListener('keyup', release);
    addEventListener('blur', leave);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('keyup', release);
      removeEventListener('blur', leave);
    };
  }, []);
  return down;
}

interface Shown {
  view: Viewport | null;
  whole: Viewport | null;
  image: LoadedImage;
}

/** Tells a drag of the image from one of the tool, and both from two fingers. */
function usePointers(
  stage: React.RefObject<HTMLDivElement | null>,
  state: React.RefObject<Shown>,
  change: (next: (view: Viewport, whole: Viewport) => Viewport) => void,
  panning: boolean,
  gesture: Gesture | undefined,
) {
  const down = useRef(new Map<number, Point>());
  const mode = useRef<'none' | 'pan' | 'tool' | 'pinch'>('none');
  const imagePoint = (event: ReactPointerEvent): Point | null =>
    stage.current && state.current.view && toImage(state.current.view, pointIn(stage.current, event));

  function onPointerDown(event: ReactPointerEvent) {
    if (!stage.current || (event.target as Element).closest('button')) return;
    const at = imagePoint(event);
    stage.current.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, pointIn(stage.current, event));
    if (down.current.size === 2) {
      if (mode.current === 'tool') gesture?.drop();
      mode.current = 'pinch';
    } else if (down.current.size === 1 && at) {
      mode.current = panning || event.button === 1 || !gesture ? 'pan' : 'tool';
      if (mode.current === 'tool' && event.button === 0)
        gesture?.down(at, event.pointerType === 'touch' ? REACH.touch : REACH.mouse);
    }
  }

  function onPointerMove(event: ReactPointerEvent) {
    const at = imagePoint(event);
    if (!stage.current || !at) return;
    const before = down.current.get(event.pointerId);
    const now = pointIn(stage.current, event);
    if (!before) {
      if (!panning) gesture?.move(at);
      return;
    }
    down.current.set(event.pointerId, now);
    if (mode.current === 'tool') gesture?.move(at);
    else if (mode.current === 'pan') shift(now.x - before.x, now.y - before.y);
    else pinch(event.pointerId, before, now);
  }

  function shift(dx: number, dy: number) {
    const { current: element } = stage;
    if (!element) return;
    change((view) => pan(view, dx, dy, state.current.image, extentOf(element)));
  }

  function pinch(id: number, before: Point, now: Point) {
    const other = [...down.current].find(([each]) => each !== id)?.[1];
    if (!other) return;
    const length = (a: Point) => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    shift((now.x - before.x) / 2, (now.y - before.y) / 2);
    change((view, whole) => zoomAt(view, middle, length(now) / length(before), whole.scale));
  }

  function onPointerUp(event: ReactPointerEvent) {
    const at = imagePoint(event);
    if (!down.current.delete(event.pointerId)) return;
    if (mode.current === 'tool' && at) gesture?.up(at);
    if (down.current.size === 0 || mode.current !== 'pinch') mode.current = 'none';
  }

  function onPointerCancel(event: ReactPointerEvent) {
    if (down.current.delete(event.pointerId) && mode.current === 'tool') gesture?.drop();
    if (down.current.size === 0) mode.current = 'none';
  }

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel };
}
