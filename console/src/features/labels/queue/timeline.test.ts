import { expect, test } from 'vitest';
import { append, back, current, drop, emptyTimeline, forward, replace } from './timeline';

test('goes back over everything and forward to new work', () => {
  let line = emptyTimeline<string>();
  for (const work of ['a', 'b', 'c']) line = forward(append(line, work));
  expect(current(line)).toBeNull();
  expect(current(back(back(line)))).toBe('b');
  expect(back(back(back(back(line)))).position).toBe(0);
  expect(forward(line)).toBe(line);
});

test('work is changed in place, and what is left out is replaced by the next', () => {
  const line = back(forward(forward(append(append(emptyTimeline<string>(), 'a'), 'b'))));
  expect(replace(line, 'x').works).toEqual(['a', 'x']);
  expect(current(drop({ ...line, position: 0 }))).toBe('b');
});
