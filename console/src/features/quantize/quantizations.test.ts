import { describe, expect, it } from 'vitest';
import type { QuantizationJob } from './quantizationJobs';
import type { LayerReport, Version } from '../../api/types';
import {
  addressOf,
  accuracyOf,
  quantizationName,
  quantizationsOf,
  chosenOf,
  costliestFirst,
  failureOf,
  integersOf,
  isMeasured,
  precisionName,
  stepWords,
  worstFirst,
} from './quantizations';

const job = (id: string, state: QuantizationJob['state'], minute: number, registered: number | null = null) =>
  ({
    id,
    model: 'shirts',
    version: 1,
    precision: 'int8',
    state,
    registered,
    started_at: `2026-11-21T12:0${minute}:00Z`,
    ended_at: state === 'running' ? null : `2026-11-21T12:0${minute}:30Z`,
  }) as QuantizationJob;

const version = (number: number, precision: string | null, parent: string | null) =>
  ({
    version: number,
    created_at: '2026-11-20T12:00:00Z',
    quantization: precision == null ? null : { precision },
    lineage: { parent },
  }) as Version;

describe('quantizations', () => {
  const jobs = [job('c', 'running', 9), job('b', 'refused', 5), job('a', 'registered', 3, 4)];
  const versions = [version(4, 'int8', 'shirts:1'), version(2, 'fp16', 'shirts:1'), version(1, null, null)];
  const quantizations = quantizationsOf('shirts', [...jobs, { ...job('d', 'failed', 1), model: 'other' }], versions);

  it('are the jobs of the model and the versions that came of earlier ones, each once', () => {
    expect(quantizations.map((each) => [quantizationName(each), each.state, each.registered])).toEqual([
      ['INT8 of version 1', 'running', null],
      ['INT8 of version 1', 'refused', null],
      ['INT8 of version 1', 'registered', 4],
      ['FP16 of version 1', 'registered', 2],
    ]);
  });

  it('are found by their address, else the newest that has ended', () => {
    for (const each of quantizations.slice(1))
      expect(chosenOf(quantizations, new URLSearchParams(addressOf(each)))).toBe(each);
    expect(chosenOf(quantizations, new URLSearchParams())?.job?.id).toBe('b');
    expect(chosenOf(quantizations, new URLSearchParams('version=9'))?.job?.id).toBe('b');
    expect(chosenOf(quantizations.slice(0, 1), new URLSearchParams())).toBeUndefined();
  });

  it('need no parent', () => {
    expect(quantizationsOf('shirts', [], [version(2, 'int8', null)]).map(quantizationName)).toEqual(['INT8']);
  });
});

it('says a precision and a step in words', () => {
  expect(['int8', 'int8-weights', 'fp16'].map(precisionName)).toEqual(['INT8', 'INT8 weights', 'FP16']);
  expect(stepWords('search')).toBe('Trying settings');
  expect(stepWords('polishing')).toBe('polishing');
});

it('takes the code off a failure, where there is one', () => {
  expect(failureOf('DATASET_INVALID: The folder /x: does not exist.')).toEqual({
    code: 'DATASET_INVALID',
    detail: 'The folder /x: does not exist.',
  });
  expect(failureOf('It broke: badly')).toEqual({ code: '', detail: 'It broke: badly' });
});

describe('responses', () => {
  const judged = (label: string, original: number, candidate: number, worse = false) => ({
    label,
    images: 20,
    original,
    candidate,
    worse,
  });

  it('are summed over all classes', () => {
    expect(accuracyOf([judged('hole', 10, 8), judged('none', 20, 20)])).toEqual({
      images: 40,
      original: 0.75,
      candidate: 0.7,
    });
    expect(accuracyOf([])).toBeNull();
  });

  it('that were lost come first', () => {
    const classes = [judged('a', 10, 12), judged('b', 10, 10), judged('c', 10, 4), judged('d', 10, 7, true)];
    expect(worstFirst(classes).map((each) => each.label)).toEqual(['d', 'c', 'b', 'a']);
  });
});

describe('layers', () => {
  const layer = (name: string, sensitivity: number | null, reason: string | null = null): LayerReport => ({
    name,
    operator: 'Conv',
    integer: reason == null,
    reason,
    sensitivity,
  });

  it('that cost most come first, those not measured last', () => {
    const layers = [layer('a', null), layer('b', 0), layer('c', 0.2)];
    expect(costliestFirst(layers).map((each) => each.name)).toEqual(['c', 'b', 'a']);
  });

  it('are counted, and where none is in integers the reason is said', () => {
    const halves = [layer('a', null, 'it computes in halves'), layer('b', null, 'it computes in halves')];
    expect(integersOf(halves)).toBe('none of 2 layers: it computes in halves');
    expect(integersOf([...halves, layer('c', 0.1)])).toBe('1 of 3 layers');
    expect(integersOf([layer('a', null, 'x'), layer('b', null, 'y')])).toBe('none of 2 layers');
    expect(integersOf([])).toBe('none of 0 layers');
  });

  it('are worth a table where any was measured', () => {
    expect([layer('a', null), layer('b', 0.1, 'x'), layer('c', null, 'x')].map(isMeasured)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
