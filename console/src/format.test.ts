import { describe, expect, it } from 'vitest';
import {
  ago,
  bytes,
  duration,
  interval,
  listing,
  milliseconds,
  noise,
  percent,
  plural,
  points,
  rate,
  short,
  significant,
  taskWords,
} from './format';

const THIN = '\u202f';
const words = (text: string) => text.replaceAll(THIN, ' ');

describe('numbers', () => {
  it('shows a dash for what is not known', () => {
    for (const show of [percent, milliseconds, rate, short, bytes, duration, significant]) expect(show(null)).toBe('–');
  });

  it('keeps three significant figures of a duration in milliseconds', () => {
    expect([0, 0.412, 4.1234, 41.234, 412.34, 4123.4].map((ms) => words(milliseconds(ms)))).toEqual([
      '0 ms',
      '0.41 ms',
      '4.12 ms',
      '41.2 ms',
      '412 ms',
      '4,123 ms',
    ]);
  });

  it('writes shares as percent', () => {
    expect(words(percent(0.9344))).toBe('93.4 %');
    expect(words(percent(1, 0))).toBe('100 %');
    expect(words(interval(0.9, 0.95))).toBe('90.0–95.0 %');
  });

  it('gives points their sign', () => {
    expect([0.32, -1.26, 0.04, 0].map(points)).toEqual(['+0.3 points', '−1.3 points', '±0.0 points', '±0.0 points']);
  });

  it('keeps two figures of a noise, however small', () => {
    expect([0.0000486, 0.004, 0.126, 0].map((share) => words(noise(share)))).toEqual([
      '0.0049 %',
      '0.40 %',
      '13 %',
      '0 %',
    ]);
  });

  it('cuts large counts to a unit', () => {
    expect([96, 999, 1200, 96_300, 412_000, 1_240_000].map((n) => words(short(n)))).toEqual([
      '96',
      '999',
      '1.2 k',
      '96 k',
      '412 k',
      '1.2 M',
    ]);
    expect([17, 394_400, 4_969_200].map((n) => words(bytes(n)))).toEqual(['17 B', '394 kB', '5.0 MB']);
  });

  it('writes rates per second', () => {
    expect([0, 12.34, 220.6].map((n) => words(rate(n)))).toEqual(['0 / s', '12.3 / s', '221 / s']);
  });
});

describe('times', () => {
  it('grows coarser with age', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const before = (seconds: number) => words(ago(new Date(now - seconds * 1000).toISOString(), now));
    expect([0, 45, 180, 7200, 86_400, 259_200].map(before)).toEqual([
      'just now',
      '45 s ago',
      '3 min ago',
      '2 h ago',
      'yesterday',
      '3 days ago',
    ]);
  });

  it('takes a clock that runs ahead of ours for now', () => {
    expect(ago('2026-11-21T12:00:05Z', Date.parse('2026-11-21T12:00:00Z'))).toBe('just now');
  });

  it('names the two largest units of a duration', () => {
    expect([4, 28.13, 95, 3725].map((seconds) => words(duration(seconds)))).toEqual([
      '4 s',
      '28.1 s',
      '1 min 35 s',
      '1 h 2 min',
    ]);
  });

  it('never says sixty seconds', () => {
    expect(words(duration(119.7))).toBe('2 min 0 s');
  });
});

describe('words', () => {
  it('lists names and counts those that do not fit', () => {
    expect(listing([])).toBe('');
    expect(listing(['hole'])).toBe('hole');
    expect(listing(['hole', 'none', 'tear'])).toBe('hole, none and tear');
    expect(listing(['a', 'b', 'c', 'd', 'e'], 3)).toBe('a, b and 3 more');
  });

  it('agrees in number', () => {
    expect([plural(1, 'model'), plural(2, 'model')]).toEqual(['1 model', '2 models']);
  });
});

it('says a task in words', () => {
  expect(taskWords('instance-segmentation')).toBe('instance segmentation');
  expect(taskWords('multi-label')).toBe('multi label');
});
