import { expect, test } from 'vitest';
import type { WrongLabel } from '../../api/labelling';
import { boxes, remedied, remedy, suspicion } from './suspects';

const suspect = (more: Partial<WrongLabel>): WrongLabel => ({ hash: 'aa', kind: 'class', score: 0.8, ...more });

const CAT = { class: 'cat', box: [1, 2, 30, 40], attributes: { colour: 'red' } };
const DOG = { class: 'dog', box: [50, 2, 30, 40] };
const value = { objects: [CAT, DOG] };

test('a decision changes the class or box that is suspect, and nothing else', () => {
  const box = { given: 'cat', given_box: [1, 2, 30, 40] };
  expect(remedied(value, suspect({ kind: 'spurious', ...box }))).toEqual({ objects: [DOG] });
  expect(remedied(value, suspect({ kind: 'swapped', ...box, likely: 'dog', likely_box: [0, 0, 9, 9] }))).toEqual({
    objects: [{ ...CAT, class: 'dog' }, DOG],
  });
  expect(remedied(value, suspect({ kind: 'misplaced', ...box, likely: 'cat', likely_box: [0, 0, 9, 9] }))).toEqual({
    objects: [{ ...CAT, box: [0, 0, 9, 9] }, DOG],
  });
  expect(remedied(value, suspect({ kind: 'overlooked', likely: 'cat', likely_box: [0, 0, 9, 9] }))).toEqual({
    objects: [CAT, DOG, { class: 'cat', box: [0, 0, 9, 9] }],
  });
});

test('a class of several is removed or added', () => {
  expect(remedied({ classes: ['a', 'b'] }, suspect({ kind: 'extra', given: 'a' }))).toEqual({ classes: ['b'] });
  expect(remedied({ classes: ['a'] }, suspect({ kind: 'missing', likely: 'b' }))).toEqual({ classes: ['a', 'b'] });
  expect(remedied({ classes: ['a'] }, suspect({ given: 'a', likely: 'b' }))).toEqual({ classes: ['b'] });
});

test('a box that is no longer there is not changed', () => {
  expect(remedied(value, suspect({ kind: 'spurious', given: 'cat', given_box: [9, 9, 9, 9] }))).toBeNull();
});

test('names what is suspect and what would mend it', () => {
  expect(suspicion(suspect({ kind: 'overlooked', likely: 'cat' }))).toBe('cat without a box');
  expect(remedy(suspect({ kind: 'extra', given: 'hole' }))).toBe('Remove hole');
  expect(boxes(suspect({ given_box: [1, 2, 3, 4], likely_box: null }))).toEqual([
    { class: 'labelled', box: [1, 2, 3, 4] },
  ]);
});
