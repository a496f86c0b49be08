import { expect, it } from 'vitest';
import { contractSteps } from './contractSteps';

it('tells a contract as the steps an image goes through', () => {
  const steps = contractSteps({
    orientation: 'exif',
    color: 'BGR',
    alpha: 'drop',
    scale: 1,
    mean: [104, 117, 123],
    std: [1, 1, 1],
    layout: 'NCHW',
    type: 'float32',
    decode: 'fast',
    resize: { fit: 'shortest-edge', size: [256], filter: 'bilinear', engine: 'opencv', pad: 114 },
    crop: { center: [224, 224] },
  });
  expect(steps).toEqual([
    ['Decode', 'fast'],
    ['Rotate', 'upright, by EXIF'],
    ['Colour', 'BGR, transparency dropped'],
    ['Resize', 'shortest edge to 256 px, bilinear, as opencv does'],
    ['Crop', 'centre 224 × 224'],
    ['Normalise', '× 1, minus (104, 117, 123), divided by (1, 1, 1)'],
    ['Layout', 'NCHW float32'],
  ]);
});

it('leaves out what a contract does not say', () => {
  expect(contractSteps({ scale: 1 / 255, mean: [0], std: [1], color: 'GRAY' })).toEqual([
    ['Colour', 'GRAY'],
    ['Normalise', '× 1/255, minus (0), divided by (1)'],
  ]);
});
