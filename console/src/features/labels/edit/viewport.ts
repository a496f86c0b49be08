import type { Point } from './paint';

/** Where an image is on the screen: screen = image × scale + offset, in CSS pixels of the stage. */
export interface Viewport {
  scale: number;
  x: number;
  y: number;
}

export interface Extent {
  width: number;
  height: number;
}

/** One pixel of the image is at most this many on the screen. */
export const MAX_SCALE = 40;

/** From here on an image is shown pixel by pixel, without smoothing. */
export const PIXELATED = 3;

/** The whole image, centred; small images are enlarged. */
export function fit(image: Extent, stage: Extent): Viewport {
  const scale = Math.min(MAX_SCALE, stage.width / image.width, stage.height / image.height);
  return { scale, x: (stage.width - image.width * scale) / 2, y: (stage.height - image.height * scale) / 2 };
}

/** Zooms so that what is under the point of the stage stays there. */
export function zoomAt(view: Viewport, at: Point, factor: number, minScale: number): Viewport {
  const scale = Math.max(Math.min(minScale, MAX_SCALE), Math.min(MAX_SCALE, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** Moves the image, with a part of it always in sight. */
export function pan(view: Viewport, dx: number, dy: number, image: Extent, stage: Extent): Viewport {
  const inside = (offset: number, length: number, room: number) => {
    const kept = Math.min(48, length / 2);
    return Math.max(kept - length, Math.min(room - kept, offset));
  };
  return {
    scale: view.scale,
    x: inside(view.x + dx, image.width * view.scale, stage.width),
    y: inside(view.y + dy, image.height * view.scale, stage.height),
  };
}

export const toImage = (view: Viewport, at: Point): Point => ({
  x: (at.x - view.x) / view.scale,
  y: (at.y - view.y) / view.scale,
});

export const toScreen = (view: Viewport, at: Point): Point => ({
  x: at.x * view.scale + view.x,
  y: at.y * view.scale + view.y,
});

/** Moves the image by as little as brings a point into sight, with a margin around it. */
export function reveal(view: Viewport, at: Point, stage: Extent, margin: number): Viewport {
  const { x, y } = toScreen(view, at);
  const inside = (value: number, length: number) => {
    const room = Math.min(margin, length / 2);
    return Math.max(room, Math.min(length - room, value)) - value;
  };
  const dx = inside(x, stage.width);
  const dy = inside(y, stage.height);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

/** How much a turn of the wheel zooms: a notch of 100 pixels is about a quarter. */
export const wheelFactor = (deltaY: number, deltaMode: number): number =>
  Math.exp(-Math.max(-300, Math.min(300, deltaMode === 0 ? deltaY : deltaY * 33)) / 450);
