import type { Version } from '../../api/types';

type Contract = NonNullable<Version['contract']>;
type Step = readonly [step: string, value: string];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];

/** The preprocessing contract as the steps an image goes through, in order; what is absent is left out. */
export function contractSteps(contract: Contract): Step[] {
  const { orientation, color, alpha, resize, crop, layout, type, decode } = contract;
  const steps: (Step | null)[] = [
    decode == null ? null : ['Decode', text(decode)],
    orientation === 'exif' ? ['Rotate', 'upright, by EXIF'] : null,
    color == null
      ? null
      : [
          'Colour',
          `${text(color)}${alpha == null ? '' : alpha === 'drop' ? ', transparency dropped' : `, transparency on ${text(alpha)}`}`,
        ],
    isRecord(resize) ? ['Resize', resizing(resize)] : null,
    isRecord(crop) ? ['Crop', `centre ${numbers(crop.center).join(' × ')}`] : null,
    ['Normalise', normalising(contract)],
    layout == null ? null : ['Layout', `${text(layout)} ${text(type ?? '')}`],
  ];
  return steps.filter((step) => step != null);
}

function resizing(resize: Record<string, unknown>): string {
  const size = numbers(resize.size).join(' × ');
  const fit = text(resize.fit ?? '').replaceAll('-', ' ');
  return `${fit} to ${size} px, ${text(resize.filter ?? '')}, as ${text(resize.engine ?? '')} does`;
}

function normalising({ scale, mean, std }: Contract): string {
  const digits = (value: number) => value.toLocaleString('en-GB', { maximumSignificantDigits: 4 });
  const factor = typeof scale !== 'number' ? '' : Math.abs(scale * 255 - 1) < 1e-6 ? '× 1/255' : `× ${digits(scale)}`;
  const list = (values: unknown) => numbers(values).map(digits).join(', ');
  return `${factor}, minus (${list(mean)}), divided by (${list(std)})`;
}
