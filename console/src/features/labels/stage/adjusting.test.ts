import { expect, test } from 'vitest';
import { adjusted, UNCHANGED } from './adjusting';

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

test('keys change brightness and contrast within limits, and Shift with Home undoes both', () => {
  let now = UNCHANGED;
  for (const key of ['.', '.', ';']) now = adjusted(now, press(key)) ?? now;
  expect(now).toEqual({ brightness: 1.2, contrast: 0.9 });
  for (let i = 0; i < 50; i++) now = adjusted(now, press(',')) ?? now;
  for (let i = 0; i < 50; i++) now = adjusted(now, press(':', { shiftKey: true })) ?? now;
  expect(now).toEqual({ brightness: 0.2, contrast: 3 });
  expect(adjusted(now, press('Home', { shiftKey: true }))).toEqual(UNCHANGED);
});

test('other keys, and those with Ctrl, change nothing', () => {
  expect(adjusted(UNCHANGED, press('Home'))).toBeNull();
  expect(adjusted(UNCHANGED, press('a'))).toBeNull();
  expect(adjusted(UNCHANGED, press('.', { ctrlKey: true }))).toBeNull();
});
