import type { ClassDefinition } from '../../../api/datasets';

/** The keys that choose a class: a digit for the first ten, and a letter of its name. */
export interface ClassKeys {
  digit: string | null;
  letter: string | null;
}

/**
 * Gives each class its keys. The letter is the first one of the name; where another class or a tool has it, the next
 * one that is free.
 */
export function classKeys(classes: readonly Pick<ClassDefinition, 'name'>[], reserved = ''): ClassKeys[] {
  const taken = new Set(Array.from(reserved.toLowerCase()));
  return classes.map(({ name }, index) => {
    const letter =
      Array.from(name.toLocaleLowerCase('en')).find((each) => /^\p{L}$/u.test(each) && !taken.has(each)) ?? null;
    if (letter !== null) taken.add(letter);
    return { digit: index < 10 ? String((index + 1) % 10) : null, letter };
  });
}

/** The class that a key chooses, or -1. */
export const classOfKey = (keys: readonly ClassKeys[], key: string): number =>
  keys.findIndex(({ digit, letter }) => key === digit || key.toLocaleLowerCase('en') === letter);

/** A key that is held repeats; labels follow it no faster than this. */
export const HOLD_MS = 170;

/** Whether a key press counts: the first always does, repeats as often as the limit allows. */
export const counts = (repeat: boolean, now: number, last: number): boolean => !repeat || now - last >= HOLD_MS;

/** What a key press means beside the classes. */
export type Command = 'undo' | 'redo' | 'accept' | 'attributes' | 'remove' | 'copy' | 'escape' | 'skip' | 'help';

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export function commandOf({ key, ctrlKey, metaKey, shiftKey }: Press): Command | null {
  const lower = key.toLowerCase();
  if (ctrlKey || metaKey) {
    if (lower === 'z') return shiftKey ? 'redo' : 'undo';
    if (lower === 'y') return 'redo';
    return lower === 'd' ? 'copy' : null;
  }
  switch (key) {
    case 'Enter':
      return shiftKey ? 'attributes' : 'accept';
    case 'Backspace':
      return 'undo';
    case 'Delete':
      return 'remove';
    case 'Escape':
      return 'escape';
    case 'PageDown':
      return 'skip';
    case '?':
      return 'help';
    default:
      return null;
  }
}

/** How far an arrow key moves, in pixels of the image; null for other keys. */
export function arrowOf({ key, shiftKey }: Pick<Press, 'key' | 'shiftKey'>): { dx: number; dy: number } | null {
  const step = shiftKey ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
      return { dx: -step, dy: 0 };
    case 'ArrowRight':
      return { dx: step, dy: 0 };
    case 'ArrowUp':
      return { dx: 0, dy: -step };
    case 'ArrowDown':
      return { dx: 0, dy: step };
    default:
      return null;
  }
}

/** Whether keys are for the element that has the focus, because text is typed there or it has keys of its own. */
export function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=slider]'))
    return true;
  if (key === ' ' && target.closest('input[type=checkbox]')) return true;
  return (key === 'Enter' || key === ' ') && target.closest('button, a, summary, [role=tab]') !== null;
}
