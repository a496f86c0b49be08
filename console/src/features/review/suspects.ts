import type { AnnotatedObject, AnnotationValue } from '../../api/datasets';
import { classesOf, objectsOf } from '../../api/datasets';
import type { WrongLabel } from '../../api/labelling';

/** What is suspect about a label, in a sentence. */
export function suspicion({ kind, given, likely }: WrongLabel): string {
  switch (kind) {
    case 'class':
      return `labelled ${given}, likely ${likely}`;
    case 'extra':
      return `labelled ${given}, likely not`;
    case 'missing':
      return `not labelled ${likely}, likely so`;
    case 'spurious':
      return `a box of ${given} where nothing is found`;
    case 'misplaced':
      return `the box of ${given} is likely elsewhere`;
    case 'swapped':
      return `a box of ${given}, likely ${likely}`;
    case 'overlooked':
      return `${likely} without a box`;
  }
}

/** The button that accepts what is likely. */
export function remedy({ kind, given, likely }: WrongLabel): string {
  switch (kind) {
    case 'class':
    case 'swapped':
      return `It is ${likely}`;
    case 'extra':
      return `Remove ${given}`;
    case 'missing':
      return `Add ${likely}`;
    case 'spurious':
      return 'Remove the box';
    case 'misplaced':
      return 'Take the likely box';
    case 'overlooked':
      return 'Add the box';
  }
}

/** The button that keeps what is suspect: that class or box, and nothing else of the label. */
export function kept({ kind, given, likely }: WrongLabel): string {
  switch (kind) {
    case 'class':
    case 'extra':
      return `${given} is right`;
    case 'missing':
      return `It is not ${likely}`;
    case 'spurious':
    case 'misplaced':
    case 'swapped':
      return 'The box is right';
    case 'overlooked':
      return `No ${likely} is there`;
  }
}

/** The label of an image with what is likely; null where it has changed since the check. */
export function remedied(value: AnnotationValue, item: WrongLabel): AnnotationValue | null {
  const { kind, given, likely } = item;
  if (kind === 'class') return likely ? { classes: [likely] } : null;
  if (kind === 'extra') return { classes: (classesOf(value) ?? []).filter((name) => name !== given) };
  if (kind === 'missing') return likely ? { classes: [...(classesOf(value) ?? []), likely] } : null;
  const objects = objectsOf(value) ?? [];
  if (kind === 'overlooked') {
    return likely && item.likely_box ? { objects: [...objects, { class: likely, box: item.likely_box }] } : null;
  }
  const index = objects.findIndex((object) => object.class === given && isBox(object, item.given_box));
  const object = objects[index];
  if (!object) return null;
  const changed = kind === 'spurious' ? [] : [kind === 'swapped' ? renamed(object, likely) : moved(object, item)];
  return { objects: [...objects.slice(0, index), ...changed, ...objects.slice(index + 1)] };
}

const renamed = (object: AnnotatedObject, name: string | null | undefined): AnnotatedObject => ({
  ...object,
  class: name ?? object.class,
});

/** Only a box is replaced by another one: an outline is to be drawn by a person. */
const moved = (object: AnnotatedObject, item: WrongLabel): AnnotatedObject =>
  object.box && item.likely_box ? { ...object, box: item.likely_box } : object;

const isBox = (object: AnnotatedObject, box: number[] | null | undefined): boolean => {
  const own = object.box;
  return own !== undefined && box != null && own.every((edge, i) => Math.abs(edge - (box[i] ?? NaN)) < 1e-3);
};

/** The labelled and the likely box, to be drawn. */
export const boxes = ({ given_box: given, likely_box: likely }: WrongLabel): AnnotatedObject[] => [
  ...(given ? [{ class: 'labelled', box: given }] : []),
  ...(likely ? [{ class: 'likely', box: likely }] : []),
];
