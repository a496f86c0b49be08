// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { arrowOf, classKeys, classOfKey, commandOf, counts, HOLD_MS, takesKeys } from './keys';

const names = (...all: string[]) => all.map((name) => ({ name }));
const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test('digits for ten classes, and the first free letter of each name', () => {
  const keys = classKeys(names('cat', 'cow', 'crab', '猫 c', 'ccc'));
  expect(keys.map(({ letter }) => letter)).toEqual(['c', 'o', 'r', '猫', null]);
  expect(classOfKey(keys, '2')).toBe(1);
  expect(classOfKey(keys, 'R')).toBe(2);
  expect(classOfKey(keys, '9')).toBe(-1);
  expect(classKeys(names(...Array.from('abcdefghijkl')))[9]?.digit).toBe('0');
  expect(classKeys(names(...Array.from('abcdefghijkl')))[10]?.digit).toBeNull();
});

test('tools keep their letters', () => {
  expect(classKeys(names('bolt', 'eraser'), 'be').map(({ letter }) => letter)).toEqual(['o', 'r']);
});

test('commands with and without a modifier', () => {
  expect(commandOf(press('z', { ctrlKey: true }))).toBe('undo');
  expect(commandOf(press('Z', { metaKey: true, shiftKey: true }))).toBe('redo');
  expect(commandOf(press('y', { ctrlKey: true }))).toBe('redo');
  expect(commandOf(press('z'))).toBeNull();
  expect(commandOf(press('Enter'))).toBe('accept');
  expect(arrowOf({ key: 'ArrowUp', shiftKey: true })).toEqual({ dx: 0, dy: -10 });
  expect(arrowOf({ key: 'a', shiftKey: true })).toBeNull();
});

test('a held key labels at a steady pace', () => {
  expect(counts(false, 0, 0)).toBe(true);
  expect(counts(true, HOLD_MS - 1, 0)).toBe(false);
  expect(counts(true, HOLD_MS, 0)).toBe(true);
});

test('keys typed into a field are not labels', () => {
  document.body.innerHTML = '<input id="t"><button id="b"></button><input type="checkbox" id="c"><div id="d"></div>';
  const at = (id: string) => document.getElementById(id);
  expect(takesKeys(at('t'), 'c')).toBe(true);
  expect(takesKeys(at('b'), 'c')).toBe(false);
  expect(takesKeys(at('b'), 'Enter')).toBe(true);
  expect(takesKeys(at('c'), 'c')).toBe(false);
  expect(takesKeys(at('d'), 'Enter')).toBe(false);
});
