import { expect, test } from 'vitest';
import { draftOf, draftProblem, planOf, requestOf, restOf, withVariant } from './draft';
import type { Experiment } from '../../api/types';
import { comparisonWord, differenceText, effectText, lateText, meanText, reach, reasonText } from './words';

const draft = { ...draftOf([2, 3]), figure: ' orders ', reason: 'sales' };
const conversion = { figure: 'orders', kind: 'conversion', range: null, better: 'higher' } as const;
const pair = (low: number, high: number) => ({ version: 2, against: 1, difference: (low + high) / 2, low, high });

test('gives all versions equal shares when one comes or goes', () => {
  const three = withVariant(draft, 3, true);
  expect(three.percents).toEqual({ 2: 33.33, 3: 33.33 });
  expect(restOf(three)).toBe(33.34);
  expect(withVariant(three, 2, false).percents).toEqual({ 3: 50 });
});

test('requests an experiment in the units of the API', () => {
  expect(requestOf(draft, 5000)).toEqual({
    variants: [{ version: 2, percent: 50 }],
    metric: { figure: 'orders', kind: 'conversion', better: 'higher' },
    effect: 0.01,
    horizon: { window: '1h', longest: '30d' },
    promote: false,
    reason: 'sales',
  });
  const number = { ...draft, kind: 'number', horizon: 'fixed', low: '0', high: '500', effect: 0.5 } as const;
  expect(requestOf(number, 5000)).toMatchObject({
    metric: { kind: 'number', range: [0, 500] },
    effect: 0.5,
    horizon: { units: 5000 },
  });
  expect(requestOf({ ...number, high: '' }, 5000).metric).not.toHaveProperty('range');
});

test('leaves what is empty to be measured', () => {
  expect(planOf(draft).usual).toEqual({});
  expect(planOf({ ...draft, rate: '4', perDay: '5000', mean: '3' }).usual).toEqual({ rate: 0.04, per_day: 5000 });
});

test('says what is missing', () => {
  expect(draftProblem(draft)).toBeUndefined();
  expect(draftProblem({ ...draft, percents: {} })).toMatch(/at least one version/);
  expect(draftProblem({ ...draft, percents: { 2: 60, 3: 40 } })).toMatch(/Leave production/);
  expect(draftProblem({ ...draft, figure: ' ' })).toMatch(/figure/);
  expect(draftProblem({ ...draft, effect: 0 })).toMatch(/effect/);
});

test('reads an interval by the side on which the figure is better', () => {
  expect(comparisonWord(pair(0.01, 0.02), conversion)).toBe('better');
  expect(comparisonWord(pair(0.01, 0.02), { ...conversion, better: 'lower' })).toBe('worse');
  expect(comparisonWord(pair(-0.02, -0.01), conversion)).toBe('worse');
  expect(comparisonWord(pair(-0.01, 0.02), conversion)).toBe('not shown');
});

test('writes figures in their units', () => {
  expect(meanText(0.0412, conversion)).toMatch(/^4\.12\s%$/);
  expect(meanText(3.5, { kind: 'number' })).toBe('3.50');
  expect(meanText(null, conversion)).toBe('–');
  expect(effectText(0.01, conversion)).toBe('1.0 points');
  expect(differenceText(-0.012, conversion)).toBe('−1.2 points');
  expect(differenceText(0.5, { kind: 'number' })).toBe('+0.50');
  expect(reach([pair(-0.03, 0.01)], 0.02)).toBeCloseTo(0.0324);
});

test('says why a version is better, in the units of the figure', () => {
  const outcome = { decision: 'better', version: 2, reason: 'orders is higher', by: null, at: null };
  const experiment = {
    control: 1,
    comparisons: [pair(0.01, 0.03)],
    design: { metric: conversion, window: '3600s' },
    progress: { outcome },
    values: { counted: 10, late: 30 },
    variants: [
      { version: 1, mean: 0.2 },
      { version: 2, mean: 0.22 },
    ],
  } as unknown as Experiment;
  expect(reasonText(experiment).replaceAll('\u202f', ' ')).toBe(
    'Orders: 22.0 % against 20.0 % in production, a difference between +1.0 points and +3.0 points.',
  );
  const stopped = { ...experiment.progress, outcome: { ...outcome, decision: 'stopped', reason: 'enough' } };
  expect(reasonText({ ...experiment, progress: stopped })).toBe('Enough.');
  expect(lateText(experiment)?.replaceAll('\u202f', ' ')).toBe(
    '30 of 40 values came after the window of 1 h and do not count. Choose a longer window.',
  );
  expect(lateText({ ...experiment, values: { ...experiment.values, late: 10 } })).toBeUndefined();
});
