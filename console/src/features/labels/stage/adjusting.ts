/** How an image is shown; its file stays as it is. 1 is unchanged. */
export interface Adjustment {
  brightness: number;
  contrast: number;
}

export const UNCHANGED: Adjustment = { brightness: 1, contrast: 1 };

export const LOWEST = 0.2;
export const HIGHEST = 3;

export const filterOf = ({ brightness, contrast }: Adjustment): string | undefined =>
  brightness === 1 && contrast === 1 ? undefined : `brightness(${brightness}) contrast(${contrast})`;

const STEP = 0.1;

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** What a key makes of brightness and contrast; null for other keys. Every layout has these keys, some with Shift. */
export function adjusted(now: Adjustment, { key, ctrlKey, metaKey, shiftKey }: Press): Adjustment | null {
  if (ctrlKey || metaKey) return null;
  switch (key) {
    case ',':
      return { ...now, brightness: stepped(now.brightness, -STEP) };
    case '.':
      return { ...now, brightness: stepped(now.brightness, STEP) };
    case ';':
      return { ...now, contrast: stepped(now.contrast, -STEP) };
    case ':':
      return { ...now, contrast: stepped(now.contrast, STEP) };
    case 'Home':
      return shiftKey ? UNCHANGED : null;
    default:
      return null;
  }
}

const stepped = (value: number, by: number): number =>
  Math.round(Math.max(LOWEST, Math.min(HIGHEST, value + by)) * 100) / 100;
