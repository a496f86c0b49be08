import { describe, expect, it } from 'vitest';
import type { Metrics, SeriesPoint } from '../../api/types';
import { seriesLines } from './seriesLines';

const start = Date.parse('2026-11-21T12:00:00Z');

const point = (bucket: number, change: Partial<SeriesPoint> = {}): SeriesPoint => ({
  at: new Date(start + bucket * 5000).toISOString(),
  version: 1,
  requests: 50,
  errors: 0,
  p50: 4,
  p95: 8,
  p99: 12,
  confidence: 0.9,
  ...change,
});

function metrics(series: SeriesPoint[]): Metrics {
  const percentiles = { p50: null, p10: null, p90: null };
  return {
    model: 'shirts',
    versions: [
      {
        version: 1,
        requests: { total: 1, errors: {} },
        latency_ms: {},
        confidence: { mean: null, baseline: null, ...percentiles },
        classes: {},
        images: { width: null, height: null, formats: {} },
        cache: { hits: 0, misses: 0 },
      },
    ],
    series,
  };
}

describe('seriesLines', () => {
  it('gives requests per second of 5-second buckets', () => {
    const [line] = seriesLines(metrics([point(0), point(1, { requests: 10 })]), start + 10_000).rate;
    expect(line?.points.map(({ value }) => value)).toEqual([10, 2]);
  });

  it('falls to zero where no traffic was reported', () => {
    const [line] = seriesLines(metrics([point(0), point(3)]), start + 25_000).rate;
    expect(line?.points.map(({ value }) => value)).toEqual([10, 0, 0, 10, 0]);
  });

  it('leaves out the bucket that is still filling', () => {
    const [line] = seriesLines(metrics([point(0), point(1, { requests: 1 })]), start + 7000).rate;
    expect(line?.points.map(({ value }) => value)).toEqual([10]);
  });

  it('has gaps, not zeros, in confidence and latency', () => {
    const lines = seriesLines(metrics([point(0), point(1, { confidence: null, p50: null }), point(2)]), start + 15_000);
    expect(lines.confidence[0]?.points).toHaveLength(2);
    expect(lines.latency(1)[0]?.points).toHaveLength(2);
    expect(lines.latency(1)[2]?.points).toHaveLength(3);
  });
});
