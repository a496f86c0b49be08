import type { AnnotatedObject } from '../../../api/datasets';
import { count } from '../../../format';
import { areaOf } from '../edit/rle';

/** The kind and extent of an object. */
export function placeOf({ box, rotated_box: rotated, polygon, mask }: AnnotatedObject): string {
  const whole = (value = 0) => Math.round(value);
  if (box) return `box ${whole(box[2])} × ${whole(box[3])}`;
  if (rotated) return `box ${whole(rotated[2])} × ${whole(rotated[3])}, turned by ${whole(rotated[4])}°`;
  if (polygon) return `polygon of ${polygon.flat().length / 2} points`;
  return mask ? `mask of ${count(areaOf(mask))} pixels` : '';
}

/** What a screen reader says of the selected object; nothing where none is. */
export function selectionWords(objects: readonly AnnotatedObject[], selected: number | null): string {
  const object = selected === null ? undefined : objects[selected];
  if (!object || selected === null) return '';
  return `Object ${selected + 1} of ${objects.length}: ${object.class}, ${placeOf(object)}.`;
}
