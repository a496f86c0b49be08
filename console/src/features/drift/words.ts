import type { DriftFinding, MeasureCourse, VersionDrift } from '../../api/types';
import { decimalsOf } from '../../charts/scale';
import { count, dayAndTime, percent, plain, significant, THIN } from '../../format';

/** Units that are shares, and are shown in percent. */
const SHARES = new Set(['probability', 'share', 'share of images', 'share of objects', 'share of pixels']).add(
  'share of the image',
);

/** Units that say nothing beside a number. */
const SILENT = new Set(['ratio', 'levels', 'objects', '1 to 100', 'grey levels squared', '']);

/** What a change downwards and upwards is called, where there is a word for it. */
const DIRECTIONS: Record<string, readonly [down: string, up: string]> = {
  brightness: ['darker', 'brighter'],
  contrast: ['less contrast', 'more contrast'],
  colorfulness: ['less colorful', 'more colorful'],
  saturation: ['less saturated', 'more saturated'],
  sharpness: ['less sharp', 'sharper'],
  noise: ['less noise', 'more noise'],
  'jpeg quality': ['more compressed', 'less compressed'],
  width: ['narrower', 'wider'],
  height: ['lower', 'higher'],
  'file size': ['smaller files', 'larger files'],
  confidence: ['less sure', 'surer'],
  entropy: ['surer', 'less sure'],
};

export const isShare = (unit: string): boolean => SHARES.has(unit);

/** A measure without its unit. */
export const plainMeasure = (value: number, unit: string): string =>
  isShare(unit) ? (Math.abs(value) < 0.1 ? share(value) : percent(value, 0)) : roundly(value);

/** A round value of an axis, with the decimals that tell it from one that is `apart` from it. */
export const roundMeasure = (value: number, unit: string, apart: number): string =>
  isShare(unit) ? `${plain(value * 100, decimalsOf(apart * 100))}${THIN}%` : plain(value, decimalsOf(apart));

/** "118 grey levels", "12.4 %" */
export function measure(value: number, unit: string): string {
  const number = isShare(unit) ? share(value) : roundly(value);
  return isShare(unit) || SILENT.has(unit) ? number : `${number} ${unit}`;
}

/** "98.1 → 65.8 grey levels" */
export const between = ({ before, after, unit }: Pick<DriftFinding, 'before' | 'after' | 'unit'>): string =>
  `${isShare(unit) ? share(before) : roundly(before)} → ${measure(after, unit)}`;

/** Small shares keep two figures, so that 0.01 % and 0.03 % are not both 0.0 %. */
function share(value: number): string {
  const digits = value === 0 || value >= 0.01 ? 1 : value >= 0.001 ? 2 : 3;
  return percent(value, digits);
}

const roundly = (value: number) => (Math.abs(value) >= 1000 ? count(Math.round(value)) : significant(value));

/** "label hole" → "hole"; other names stand for themselves. */
export const shownName = (name: string): string => name.replace(/^label (?!group )/, '');

/** How far a measure moved: "18 % darker", "+10.2 points". */
export function change({
  name,
  unit,
  before,
  after,
}: Pick<DriftFinding, 'name' | 'unit' | 'before' | 'after'>): string {
  const up = after > before;
  const word = DIRECTIONS[name]?.[up ? 1 : 0];
  if (isShare(unit)) {
    const points = `${up ? '+' : '−'}${significant(Math.abs(after - before) * 100)} points`;
    return word === undefined ? points : `${points}, ${word}`;
  }
  if (before === 0) return word ?? (up ? 'higher' : 'lower');
  const relative = Math.abs(after / before - 1);
  const far = relative >= 9.995 ? `${significant(relative + 1)} times` : percent(relative, relative < 0.1 ? 1 : 0);
  return `${far} ${word ?? (up ? 'higher' : 'lower')}`;
}

/** The verdict in a line. */
export function heading({ phase, alarm }: VersionDrift): string {
  if (phase === 'alarm' && alarm) return `The traffic has changed since ${dayAndTime(alarm.since)}`;
  return phase === 'learning' ? 'Quiet traffic is not known yet' : 'No change is seen';
}

/** How unusual the newest values of a measure are: 1 at the edge of its band. */
export function unusual({ quiet, recent }: MeasureCourse): number {
  if (quiet == null || recent == null) return 0;
  const edge = recent > quiet.usual ? quiet.high - quiet.usual : quiet.usual - quiet.low;
  return edge > 0 ? Math.abs(recent - quiet.usual) / edge : recent === quiet.usual ? 0 : Infinity;
}

/** Measures that an alarm names in its order, then the others, the most unusual first. */
export function inOrder(measures: readonly MeasureCourse[], found: readonly string[]): MeasureCourse[] {
  const place = ({ name }: MeasureCourse) => (found.includes(name) ? found.indexOf(name) : found.length);
  return [...measures].sort((a, b) => place(a) - place(b) || unusual(b) - unusual(a));
}
