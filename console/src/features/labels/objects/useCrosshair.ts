import { useState } from 'react';
import type { Tool } from '../edit/objects';
import type { Point } from '../edit/paint';
import type { Extent } from '../edit/viewport';
import type { Gesture } from '../stage/ImageStage';

interface Parts {
  tool: Tool;
  image: Extent;
  gesture: Gesture;
  /** Screen pixels per image pixel. */
  scale: () => number;
}

/** A pointer that keys move: they draw what a mouse draws. */
export interface Crosshair {
  /** Nothing until a key moved it. */
  at: Point | null;
  /** A box or a stroke is begun at it. */
  down: boolean;
  move: (dx: number, dy: number) => void;
  /** Begins or ends a box or stroke, sets a corner, or fills. */
  press: () => void;
  /** Nothing is begun at it any more. */
  lift: () => void;
  leave: () => void;
}

/** A key press on one point is one, however small the image is on the screen. */
const REACH = 4;

export function useCrosshair({ tool, image, gesture, scale }: Parts): Crosshair {
  const [at, setAt] = useState<Point | null>(null);
  const [down, setDown] = useState<Tool | null>(null);
  const held = down !== null && down === tool;
  const point = at ?? { x: Math.round(image.width / 2), y: Math.round(image.height / 2) };

  function move(dx: number, dy: number) {
    // at least a pixel of the screen
    const step = Math.max(1, Math.round(1 / scale()));
    const next = {
      x: Math.max(0, Math.min(image.width, point.x + dx * step)),
      y: Math.max(0, Math.min(image.height, point.y + dy * step)),
    };
    setAt(next);
    gesture.move(next);
  }

  function press() {
    setAt(point);
    if (held) {
      setDown(null);
      gesture.up(point);
      return;
    }
    gesture.down(point, REACH);
    if (tool === 'polygon' || tool === 'fill') gesture.up(point);
    else setDown(tool);
  }

  const lift = () => setDown(null);
  const leave = () => setAt(null);
  return { at, down: held, move, press, lift, leave };
}
