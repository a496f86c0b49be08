import { expect, test } from 'vitest';
import { advance, begin, redo, undo } from './history';

test('undoes and redoes every step, however many', () => {
  let history = begin(0);
  for (let i = 1; i <= 5000; i++) history = advance(history, i);
  for (let i = 4999; i >= 0; i--) {
    history = undo(history);
    expect(history.present).toBe(i);
  }
  expect(undo(history)).toBe(history);
  for (let i = 1; i <= 5000; i++) history = redo(history);
  expect(history.present).toBe(5000);
  expect(redo(history)).toBe(history);
});

test('a new step ends what was undone', () => {
  const history = advance(undo(advance(advance(begin('a'), 'b'), 'c')), 'd');
  expect(history).toEqual({ past: ['a', 'b'], present: 'd', future: [] });
  expect(advance(history, 'd')).toBe(history);
});
