import { expect, test } from 'vitest';
import { change, measure, plainMeasure, roundMeasure, shownName, unusual } from './words';

const moved = (name: string, unit: string, before: number, after: number) =>
  change({ name, unit, before, after }).replaceAll('\u202f', ' ');

test('says a change in plain units', () => {
  expect(moved('brightness', 'grey levels', 118, 97)).toBe('18 % darker');
  expect(moved('jpeg quality', '1 to 100', 92, 60)).toBe('35 % more compressed');
  expect(moved('label hole', 'share of images', 0.12, 0.222)).toBe('+10.2 points');
  expect(moved('confidence', 'probability', 0.94, 0.8)).toBe('−14.0 points, less sure');
  expect(moved('sharpness', 'grey levels squared', 10, 400)).toBe('40.0 times sharper');
  expect(moved('objects per image', 'objects', 0, 2)).toBe('higher');
});

test('writes values with the units that say something', () => {
  expect(measure(118.4, 'grey levels')).toBe('118 grey levels');
  expect(measure(0.1234, 'share of pixels')).toBe('12.3\u202f%');
  expect(measure(1.33, 'ratio')).toBe('1.33');
  expect(measure(123456, 'bytes')).toBe('123,456 bytes');
  expect(plainMeasure(0.25, 'share of images')).toBe('25\u202f%');
});

test('names labels by their class', () => {
  expect(shownName('label hole')).toBe('hole');
  expect(shownName('label group 3')).toBe('label group 3');
  expect(shownName('brightness')).toBe('brightness');
});

test('finds how far a measure is outside its band', () => {
  const course = { name: 'noise', unit: '', side: 'image', values: [] };
  const quiet = { usual: 10, low: 8, high: 14 };
  expect(unusual({ ...course, quiet, recent: 6 })).toBe(2);
  expect(unusual({ ...course, quiet, recent: 12 })).toBe(0.5);
  expect(unusual({ ...course, quiet: null, recent: 12 })).toBe(0);
  expect(unusual({ ...course, quiet: { usual: 1, low: 1, high: 1 }, recent: 1 })).toBe(0);
});

test('writes the values of an axis with the decimals that tell them apart', () => {
  expect([1.27, 1.272, 1.274].map((value) => roundMeasure(value, 'ratio', 0.002))).toEqual(['1.27', '1.272', '1.274']);
  expect([0.001, 0.0015].map((value) => roundMeasure(value, 'share of images', 0.0005))).toEqual([
    '0.1\u202f%',
    '0.15\u202f%',
  ]);
  expect(roundMeasure(11_200, 'grey levels squared', 200)).toBe('11,200');
});
