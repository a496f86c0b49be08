import type { Pixels } from '../edit/floodFill';

/** A coarse look of an image: the mean colours of 8 × 8 fields, 0 to 1, without the overall brightness. */
export type Look = readonly number[];

export const FIELDS = 8;

/** From an image that is scaled to 8 × 8 pixels. */
export function lookOf({ data }: Pixels): Look {
  const look: number[] = [];
  for (let i = 0; i < data.length; i++) if (i % 4 !== 3) look.push((data[i] ?? 0) / 255);
  const mean = look.reduce((sum, value) => sum + value, 0) / Math.max(1, look.length);
  return look.map((value) => value - 0.7 * mean);
}

export function difference(a: Look, b: Look): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0) / Math.max(1, a.length);
}

export interface Candidate {
  look: Look;
  /** What a model suggests, if anything. */
  suggested: string | null;
}

/** The first candidate and those that look most like it; a different suggestion counts as looking different. */
export function pickPage<C extends Candidate>(candidates: readonly C[], size: number): C[] {
  const [seed] = candidates;
  if (!seed) return [];
  const distance = (each: C) => difference(seed.look, each.look) + (each.suggested === seed.suggested ? 0 : 1);
  return [...candidates].sort((a, b) => (a === seed ? -1 : b === seed ? 1 : distance(a) - distance(b))).slice(0, size);
}
