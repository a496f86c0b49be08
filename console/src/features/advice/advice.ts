import type { AdviceField, AdviceRequest, WayCost } from '../../api/types';
import type { Line } from '../../charts/lines';

/** What is chosen from a list; all else is a number. */
export const CHOICES: Readonly<Record<string, readonly (readonly [value: string, words: string])[]>> = {
  team: [
    ['developers', 'developers'],
    ['operators', 'have run models'],
    ['modellers', 'have trained models'],
  ],
  privacy: [
    ['public', 'to any service'],
    ['contract', 'to one with a contract'],
    ['internal', 'nowhere'],
  ],
  place: [
    ['cloud', 'in a cloud'],
    ['own-servers', 'on own servers'],
    ['device', 'on a device with a network'],
    ['offline', 'without a network'],
  ],
};

/** Short names of the fields; the question stands below. */
export const NAMES: Readonly<Record<string, string>> = {
  images: 'Images at hand',
  labelled: 'Of these with labels',
  classes: 'Classes',
  team: 'Team',
  'deadline-days': 'Days until it must work',
  privacy: 'Images may go',
  accuracy: 'Share that must be right',
  place: 'Runs',
  volume: 'Images in a month',
  months: 'Months to compare',
  'api-price': 'Service, 1,000 images',
  'label-price': 'One label',
  'day-rate': 'Day of work',
  'machine-price': 'Machine, a month',
  'images-per-machine': 'Images a machine answers in a month',
  'supplier-price': "Supplier's model",
  'upkeep-days': 'Upkeep, days a month',
  'unsure-share': 'Share a blend sends to the service',
  'weight-accuracy': 'Accuracy',
  'weight-time': 'Time',
  'weight-cost': 'Cost',
  'weight-control': 'Control',
  'weight-effort': 'Effort',
};

/** How a way did on one's own images, as it is typed. */
export interface Measured {
  way: 'api' | 'fine-tune';
  name: string;
  right: string | number;
  images: string | number;
}

/** Only what differs from nothing typed; the server knows the defaults. */
export function requestOf(
  fields: readonly AdviceField[],
  values: Readonly<Record<string, string | number>>,
  measured: readonly Measured[],
): AdviceRequest {
  const stated = fields.flatMap(({ key }) => {
    const value = values[key];
    return value == null || value === '' ? [] : [[key, String(value)] as const];
  });
  return {
    values: Object.fromEntries(stated),
    measured: measured
      .filter(({ right, images }) => right !== '' && images !== '')
      .map(({ way, name, right, images }) => ({ way, name, right: Number(right), images: Number(images) })),
  };
}

const COLORS = ['var(--data-1)', 'var(--data-2)', 'var(--data-3)', 'var(--data-4)', 'var(--ink-3)'];

/** What each way has cost in all by the end of each month. */
export function costLines(ways: readonly WayCost[], months: number, volume: number): Line[] {
  return ways.map((way, i) => ({
    key: way.way,
    label: way.title,
    color: COLORS[i % COLORS.length] ?? 'var(--ink-3)',
    points: Array.from({ length: months + 1 }, (_, month) => ({
      at: month,
      value: way.setup + month * (way.per_month + (volume / 1000) * way.per_thousand),
    })),
  }));
}
