import { linear } from './scale';
import type { Scale } from './scale';

/** Maps a domain of positive values to pixels by their logarithm. */
export function logarithmic([d0, d1]: readonly [number, number], range: readonly [number, number]): Scale {
  const scale = linear([Math.log10(d0), Math.log10(d1)], range);
  return Object.assign((value: number) => scale(Math.log10(value)), {
    invert: (pixel: number) => 10 ** scale.invert(pixel),
  });
}

/** Values 1, 2 and 5 times a power of ten within [low, high]; the powers alone where these are many. */
export function logTicks(low: number, high: number, most = 6): number[] {
  const marks = (factors: readonly number[]) => {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++)
      for (const factor of factors) {
        const value = Number((factor * 10 ** power).toPrecision(12));
        if (value >= low && value <= high) found.push(value);
      }
    return found;
  };
  const all = marks([1, 2, 5]);
  return all.length > most ? marks([1]) : all;
}
