import { duration, shortHash } from '../../format';

/** A setting that was not given; the program then chose. */
const AUTOMATIC = 'automatic';

/** Settings where 0 means that the program chooses. */
const ZERO_IS_AUTOMATIC = new Set(['threads']);

/** Training settings as names and values that people read, in the order of their names. */
export const settingFacts = (settings: Readonly<Record<string, string>>): [name: string, value: string][] =>
  Object.entries(settings).map(([name, value]) => [
    sentence(words(name)),
    ZERO_IS_AUTOMATIC.has(name) && value === '0' ? AUTOMATIC : plainValue(value),
  ]);

/**
 * A recorded value as text for people. Versions keep what the program that made them wrote, and earlier ones wrote
 * values as Java prints them: `ADAM_W`, `PT1M30S`, `Optional[3]`, `Augmentation[minArea=0.4, mirror=true]`.
 */
export function plainValue(value: string): string {
  const optional = /^Optional(?:Int|Long|Double)?(?:\[(.*)\]|\.empty)$/s.exec(value);
  if (optional) return optional[1] === undefined ? AUTOMATIC : plainValue(optional[1]);
  const record = /^[A-Z]\w*\[(.*)\]$/s.exec(value);
  if (record) return components(record[1] ?? '');
  if (/^\w+=[^,]+(, \w+=[^,]+)*$/.test(value)) return components(value);
  if (/^PT[\dHMS.]+$/.test(value)) return duration(seconds(value)).replace(/ 0\u202f(?:s|min)$/, '');
  if (value === 'adamw') return 'AdamW';
  if (value === 'true') return 'yes';
  if (value === 'false') return 'no';
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(value)) return enumWords(value);
  return value
    .replaceAll(/\b[0-9a-f]{40,}\b/g, shortHash)
    .replaceAll(/(?<![\d.])(\d+)\.0(?![\d.])/g, '$1')
    .replaceAll(/(\d) %/g, '$1\u202f%');
}

/** "minArea=0.4, mirror=true" → "min area 0.4, mirror yes" */
const components = (list: string): string =>
  list
    .split(', ')
    .map((each) => {
      const [name = '', value = ''] = each.split('=');
      return `${words(name)} ${plainValue(value)}`;
    })
    .join(', ');

/** The literature writes AdamW as one word. */
const enumWords = (constant: string): string =>
  constant === 'ADAM_W' ? 'AdamW' : constant.toLowerCase().replaceAll('_', ' ');

const sentence = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** "minArea" and "min_area" → "min area" */
const words = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

/** Seconds of an ISO 8601 duration of hours, minutes and seconds. */
function seconds(duration: string): number {
  const part = (unit: string) => Number(new RegExp(`([\\d.]+)${unit}`).exec(duration)?.[1] ?? 0);
  return part('H') * 3600 + part('M') * 60 + part('S');
}
