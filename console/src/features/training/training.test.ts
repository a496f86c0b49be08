import { expect, test } from 'vitest';
import type { Backbone } from '../../api/types';
import { firstBackbone, initialValues, missing, requestOf } from './training';

const filled = { ...initialValues, model: ' shirts ', data: 'cloth', from: 'mobilenet-v2' };

const backbone = (name: string, size: number, more: Partial<Backbone> = {}): Backbone => ({
  name,
  kind: 'backbone',
  available: true,
  task: '1,000 ImageNet classes',
  input: '224x224',
  size_bytes: size,
  licence: 'Apache-2.0',
  source: 'timm',
  ...more,
});

test('asks for a head without a time limit', () => {
  expect(requestOf(filled)).toEqual({
    type: 'train',
    model: 'shirts',
    data: 'cloth',
    network: { from: 'mobilenet-v2', fit: 'head' },
    schedule: {},
  });
});

test('asks for the whole network within its minutes', () => {
  expect(requestOf({ ...filled, fit: 'network', minutes: 2.5, seed: 0, steps: '640', softLabels: false })).toEqual({
    type: 'train',
    model: 'shirts',
    data: 'cloth',
    network: { from: 'mobilenet-v2', fit: 'network' },
    schedule: { minutes: 2.5, steps: '640', seed: 0, soft_labels: false },
  });
});

test('asks for a new network without what belongs to a given one', () => {
  const values = { ...filled, way: 'scratch' as const, edge: 64, cut: 'x', contract: 'y', steps: '3', int8: false };
  expect(requestOf(values)).toEqual({
    type: 'train',
    model: 'shirts',
    data: 'cloth',
    network: { family: 'residual', size: 'small', edge: 64 },
    schedule: { minutes: 5 },
    int8: false,
  });
});

test('asks for an anomaly detector with a rate as a share', () => {
  expect(requestOf({ ...filled, way: 'anomaly', falseAlarms: 0.7, method: 'patchcore', keepUnusual: true })).toEqual({
    type: 'train-anomaly',
    model: 'shirts',
    data: 'cloth',
    network: { from: 'mobilenet-v2', method: 'patchcore' },
    false_alarms: 0.007,
    keep_unusual: true,
  });
});

test('asks for a detector with its own time limit', () => {
  const values = {
    ...filled,
    way: 'detector' as const,
    minutes: 5,
    edge: 640,
    quarterTurns: true,
    classWeights: 'none',
  };
  expect(requestOf(values)).toEqual({
    type: 'train-detector',
    model: 'shirts',
    data: 'cloth',
    network: { from: 'mobilenet-v2', edge: 640 },
    schedule: { minutes: 30, quarter_turns: true },
  });
});

test('says what is missing', () => {
  expect(missing(filled)).toBeNull();
  expect(missing(initialValues)).toBe('State a name for the model, the images and a network to start from.');
  expect(missing({ ...filled, data: ' ' })).toBe('State the images.');
  expect(missing({ ...filled, from: '', way: 'scratch' })).toBeNull();
});

test('proposes the smallest published network that is there', () => {
  const known = [
    backbone('model:1', 1, { kind: 'model' }),
    backbone('large', 90),
    backbone('absent', 2, { available: false }),
    backbone('small', 14),
  ];
  expect(firstBackbone(known)?.name).toBe('small');
  expect(firstBackbone(known.slice(0, 1))?.name).toBe('model:1');
  expect(firstBackbone([])).toBeUndefined();
});
