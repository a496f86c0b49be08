// Numbers and times as people read them. A dash stands for what is not known.
export const THIN = '\u202f';
export const DASH = '–';

const fixed = (value: number, digits: number) =>
  value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });

type Maybe = number | null | undefined;

/** 0.934 → "93.4 %" */
export const percent = (share: Maybe, digits = 1): string =>
  share == null ? DASH : `${fixed(share * 100, digits)}${THIN}%`;

/** A value with as many decimals as it needs, at most `digits`: 0.5 → "0.5", 1234 → "1,234" */
export const plain = (value: number, digits: number): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits });

/** 5 → "5 %", 2.5 → "2.5 %" */
export const percentage = (value: number): string =>
  `${value.toLocaleString('en-GB', { maximumFractionDigits: 1 })}${THIN}%`;

/** "90.1–95.2 %" */
export const interval = (low: number, high: number): string => `${fixed(low * 100, 1)}–${fixed(high * 100, 1)}${THIN}%`;

/** Points of a percentage, with their sign: 0.3 → "+0.3 points" */
export function points(value: number): string {
  const rounded = fixed(Math.abs(value), 1);
  return `${rounded === '0.0' ? '±' : value > 0 ? '+' : '−'}${rounded} points`;
}

/** Noise as a share of the signal, two significant figures: 0.0000486 → "0.0049 %" */
export function noise(share: Maybe): string {
  if (share == null) return DASH;
  const digits = { minimumSignificantDigits: share === 0 ? 1 : 2, maximumSignificantDigits: 2 };
  return `${(share * 100).toLocaleString('en-GB', digits)}${THIN}%`;
}

export const count = (value: Maybe): string => (value == null ? DASH : value.toLocaleString('en-GB'));

/** Three significant figures: 0.41, 4.12, 41.2, 412 */
export function significant(value: Maybe): string {
  if (value == null) return DASH;
  const size = Math.abs(value);
  if (size === 0) return '0';
  return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export const milliseconds = (value: Maybe): string => (value == null ? DASH : `${significant(value)}${THIN}ms`);

/** 12.3 → "12.3 / s" */
export function rate(perSecond: Maybe): string {
  if (perSecond == null) return DASH;
  return `${perSecond === 0 ? '0' : fixed(perSecond, perSecond >= 100 ? 0 : 1)}${THIN}/${THIN}s`;
}

/** 120000 → "120 k" */
export function short(value: Maybe): string {
  if (value == null) return DASH;
  const [divisor, unit] = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  const scaled = value / divisor;
  return `${fixed(scaled, unit && scaled < 10 ? 1 : 0)}${unit && THIN + unit}`;
}

/** 480000 → "480 kB" */
export const bytes = (value: Maybe): string =>
  value == null ? DASH : value < 1000 ? `${value}${THIN}B` : `${short(value)}B`;

/** 95 → "1 min 35 s" */
export function duration(seconds: Maybe): string {
  if (seconds == null) return DASH;
  if (seconds < 60) return `${Number.isInteger(seconds) ? seconds : significant(seconds)}${THIN}s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}${THIN}min ${whole % 60}${THIN}s`;
  return `${Math.floor(minutes / 60)}${THIN}h ${minutes % 60}${THIN}min`;
}

export function ago(at: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000);
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${Math.round(seconds)}${THIN}s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)}${THIN}min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)}${THIN}h ago`;
  const days = Math.round(seconds / 86_400);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

const dayAndClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** "29 Nov 2026, 14:05", in local time. */
export const dayAndTime = (at: string): string => dayAndClock.format(new Date(at));
export const dateTime = (at: string): string => moment.format(new Date(at));
export const timeOfDay = (at: number): string => clock.format(at);
export const timeWithSeconds = (at: number): string => clockWithSeconds.format(at);

const dayOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const shortDayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** "29 Nov", and "29 Nov 2026": days in UTC, as the server counts them. */
export const dayOfMonth = (at: number): string => dayOnly.format(at);
export const wholeDay = (at: number): string => dayOfYear.format(at);

const dayHere = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** "29 Nov", in local time, as clocks on walls count days. */
export const localDay = (at: number): string => dayHere.format(at);

/** "29 Nov, 14:05", in local time. */
export const shortDayAndTime = (at: number): string => shortDayAndClock.format(at);

/** A hash cut to what tells it apart. */
export const shortHash = (hash: string): string => (hash.length > 12 ? hash.slice(0, 10) : hash);

/** "hole, none and tear"; past `max` names the rest are counted. */
export function listing(names: readonly string[], max = 6): string {
  if (names.length > max) return `${names.slice(0, max - 1).join(', ')} and ${names.length - max + 1} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

export const plural = (many: number, one: string, more = `${one}s`): string =>
  `${count(many)} ${many === 1 ? one : more}`;

/** "INSTANCE_SEGMENTATION" → "instance segmentation" */
export const taskWords = (task: string): string => task.toLowerCase().replaceAll(/[_-]/g, ' ');

/** "at most" → "At most" */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "version 2 on 30 %" */
export const shareText = ({ version, percent: share }: { version: number; percent: number }): string =>
  `version ${version} on ${percentage(share)}`;
