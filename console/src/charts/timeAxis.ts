import { dayOfMonth, localDay, shortDayAndTime, timeOfDay, timeWithSeconds, wholeDay } from '../format';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const STEPS = [
  ...[2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14, 28, 91].map((days) => days * DAY),
];

/**
 * Round moments in a time, up to a number of them, with their texts. Points that stand for whole days (`least`) are
 * marked by days; among hours, midnight has the name of the day that begins.
 */
export function timeMarks(
  [from, to]: readonly [number, number],
  most: number,
  least = 0,
): { at: number; text: string }[] {
  const step =
    STEPS.find((candidate) => candidate >= Math.min(least, DAY) && (to - from) / candidate <= most) ??
    STEPS.at(-1) ??
    DAY;
  // days are those of the server's clock, hours those of the wall
  const shift = step >= DAY ? 0 : new Date(from).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((from - shift) / step) * step + shift;
  const marks = Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step);
  const isMidnight = (at: number) => (at - shift) % DAY === 0;
  return marks.map((at) => ({
    at,
    text: step >= DAY ? dayOfMonth(at) : step >= HOUR && isMidnight(at) ? localDay(at) : timeOfDay(at),
  }));
}

/** A moment as exactly as stretches of this length let it be said. */
export const momentText = (at: number, step: number): string =>
  step >= DAY ? wholeDay(at) : step >= MINUTE ? shortDayAndTime(at) : timeWithSeconds(at);
