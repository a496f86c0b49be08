import { expect, test } from 'vitest';
import { fit, MAX_SCALE, pan, reveal, toImage, toScreen, wheelFactor, zoomAt } from './viewport';

const image = { width: 200, height: 100 };
const stage = { width: 800, height: 600 };

test('fits and centres the image', () => {
  expect(fit(image, stage)).toEqual({ scale: 4, x: 0, y: 100 });
  expect(fit({ width: 4, height: 4 }, stage).scale).toBe(MAX_SCALE);
});

test('what is under the pointer stays there when zooming', () => {
  const before = fit(image, stage);
  const at = { x: 300, y: 220 };
  const after = zoomAt(before, at, 3, before.scale);
  expect(after.scale).toBe(12);
  expect(toImage(after, at).x).toBeCloseTo(toImage(before, at).x);
  expect(toImage(after, at).y).toBeCloseTo(toImage(before, at).y);
});

test('zooms to pixels and no further, and back to the whole image', () => {
  const whole = fit(image, stage);
  expect(zoomAt(whole, { x: 0, y: 0 }, 1000, whole.scale).scale).toBe(MAX_SCALE);
  expect(zoomAt(whole, { x: 0, y: 0 }, 0.01, whole.scale).scale).toBe(whole.scale);
});

test('a part of the image stays in sight', () => {
  const away = pan(fit(image, stage), 10_000, -10_000, image, stage);
  expect(away.x).toBeLessThan(stage.width);
  expect(away.y).toBeGreaterThan(-400);
});

test('wheels of all kinds zoom in and out alike', () => {
  expect(wheelFactor(-100, 0)).toBeGreaterThan(1.2);
  expect(wheelFactor(-3, 1)).toBeCloseTo(wheelFactor(-99, 0));
  expect(wheelFactor(100, 0) * wheelFactor(-100, 0)).toBeCloseTo(1);
});

test('a point comes into sight by the shortest way, and what is in sight stays', () => {
  const view = { scale: 10, x: 0, y: 0 };
  expect(reveal(view, { x: 40, y: 30 }, stage, 32)).toBe(view);
  const moved = reveal(view, { x: 150, y: 30 }, stage, 32);
  expect(toScreen(moved, { x: 150, y: 30 })).toEqual({ x: 768, y: 300 });
});
