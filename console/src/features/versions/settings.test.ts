import { expect, it } from 'vitest';
import { plainValue, settingFacts } from './settings';

it('tells settings in words, whatever Java wrote', () => {
  expect(
    settingFacts({
      augmentation: 'Augmentation[minArea=0.4, aspect=1.25, mirror=true, flip=false, noise=4.0]',
      batch_size: 'automatic',
      class_weights: 'true',
      clip_norm: '1.0',
      epochs: 'OptionalInt[12]',
      optimizer: 'ADAM_W',
      threads: '0',
      time_budget: 'PT1M30S',
    }),
  ).toEqual([
    ['Augmentation', 'min area 0.4, aspect 1.25, mirror yes, flip no, noise 4'],
    ['Batch size', 'automatic'],
    ['Class weights', 'yes'],
    ['Clip norm', '1'],
    ['Epochs', '12'],
    ['Optimizer', 'AdamW'],
    ['Threads', 'automatic'],
    ['Time budget', '1\u202fmin 30\u202fs'],
  ]);
});

it.each([
  ['Optional.empty', 'automatic'],
  ['Optional[ADAM_W]', 'AdamW'],
  ['adamw', 'AdamW'],
  ['SGD', 'SGD'],
  ['min_area=0.4, mirror=true', 'min area 0.4, mirror yes'],
  ['PT0.5S', '0.50\u202fs'],
  ['PT2H', '2\u202fh'],
  ['PT1M', '1\u202fmin'],
  ['PT10M', '10\u202fmin'],
  [`bundle ${'0a9e5b14ad'.repeat(6)}abcd`, 'bundle 0a9e5b14ad'],
  ['5.0 %', '5\u202f%'],
  ['1 → 2', '1 → 2'],
  ['to yolox@2 below 0.80', 'to yolox@2 below 0.80'],
  ['Linux amd64, 2 cores, Java 25', 'Linux amd64, 2 cores, Java 25'],
  ['0.1.0', '0.1.0'],
  ['MobileNetV2', 'MobileNetV2'],
])('writes %s as %s', (value, text) => {
  expect(plainValue(value)).toBe(text);
});
