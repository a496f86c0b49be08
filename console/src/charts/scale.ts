/** Maps a domain to pixels in a straight line. */
export interface Scale {
  (value: number): number;
  invert: (pixel: number) => number;
}

export function linear([d0, d1]: readonly [number, number], [r0, r1]: readonly [number, number]): Scale {
  const slope = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0);
  const scale = (value: number) => r0 + (value - d0) * slope;
  return Object.assign(scale, { invert: (pixel: number) => (slope === 0 ? d0 : d0 + (pixel - r0) / slope) });
}

/** Round values (1, 2 or 5 times a power of ten apart) that cover [low, high], about `wanted` of them. */
export function ticks(low: number, high: number, wanted = 4): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Decimals that tell round values apart which are this far from each other: 0.002 → 3, 0.5 → 1, 20 → 0. */
export const decimalsOf = (step: number): number =>
  step > 0 && Number.isFinite(step) ? Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : 0;

/** The distance of the round values of an axis. */
export const stepOf = (marks: readonly number[]): number => (marks[1] ?? 1) - (marks[0] ?? 0);
