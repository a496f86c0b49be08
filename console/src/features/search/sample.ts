import type { CandidateRow, SearchRecord } from '../../api/types';

/** A candidate of a search as the server writes it. */
export function candidate(
  name: string,
  [value, low, high]: readonly [number, number, number],
  size: number,
  time: number | null,
  more: Partial<CandidateRow> = {},
): CandidateRow {
  return {
    name,
    network: { backbone: 'mobilenet-v2', tensor: 'b3', share: 0.06, edge: 128, precision: 'fp32', fit: 'head' },
    quality: {
      method: 'cross_validation',
      images: 720,
      accuracy: { value, low, high },
      macro_f1: { value, low, high },
    },
    cost: { bytes: size, latency: time == null ? null : { p50_ms: time, p99_ms: 3 * time, runs: 400 } },
    conditions: [
      { condition: 'accuracy >= 0.98', subject: 'accuracy', limit: 0.98, value, low, high, met: low >= 0.98 },
      { condition: 'size <= 10MB', subject: 'size', limit: 1e7, value: size, low: null, high: null, met: size <= 1e7 },
    ],
    cleared: low >= 0.98 && size <= 1e7,
    front: false,
    reason: 'Clears the bar; larger than the chosen one.',
    ...more,
  };
}

/** A search on steel: figures of one run. */
export const sample: SearchRecord = {
  target: { bar: 'accuracy >= 0.98, size <= 10MB', level: 0.9917, judged: 12, minutes: 10, seed: 1 },
  extent: {
    images: 720,
    classes: 6,
    sample: 240,
    backbones: ['mobilenet-v2', 'efficientnet-lite0'],
    left: [],
    seconds: 412,
    load: 1.1,
  },
  candidates: [
    candidate('mobilenet-v2 cut at 6.06 %, 128 px, INT8', [0.994, 0.981, 0.998], 190_000, 3.1, { front: true }),
    candidate('mobilenet-v2 cut at 2.89 %, 64 px, FP32', [0.992, 0.977, 0.997], 278_000, 1.7, { front: true }),
    candidate('mobilenet-v2 cut at 2.89 %, 128 px, FP32', [0.993, 0.979, 0.998], 278_000, 2.6),
    candidate('efficientnet-lite0 cut at 2.68 %, 64 px, FP32', [0.99, 0.975, 0.996], 384_000, 2),
    candidate('mobilenet-v2 cut at 6.06 %, 128 px, FP32', [0.994, 0.981, 0.998], 566_000, 3),
    candidate('efficientnet-lite2 cut at 26.1 %, 96 px, FP32', [0.992, 0.977, 0.997], 5_140_000, 5.5),
    candidate('efficientnet-lite0, 224 px, FP32', [0.999, 0.988, 1], 13_600_000, 14, { front: true, cleared: false }),
    candidate('efficientnet-lite0, 64 px, FP32', [0.95, 0.92, 0.97], 13_600_000, null, {
      quality: {
        method: 'sample',
        images: 240,
        accuracy: { value: 0.95, low: 0.92, high: 0.97 },
        macro_f1: { value: 0.95, low: 0.92, high: 0.97 },
      },
    }),
  ],
  winner: 'mobilenet-v2 cut at 6.06 %, 128 px, INT8',
  best: null,
  test: { images: 180, conditions: [], verdict: 'agrees' },
  sentences: [
    'mobilenet-v2 cut at 6.06 %, 128 px, INT8 clears the bar with 95 % confidence and is the smallest that does: 190 kB, 3.1 ms an image (p99 9.3 ms in 400 runs).',
    'The 180 test images, which were looked at once, agree: accuracy 0.989 (0.960 to 0.997). They are too few to show it alone.',
  ],
};
