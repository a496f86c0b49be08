import type { AnnotationValue } from '../../api/datasets';
import { classesOf, objectsOf } from '../../api/datasets';
import { listing, plural } from '../../format';

/** A label in words: "cat", "2 cat, 1 dog", "no object". */
export function valueWords(value: AnnotationValue | null | undefined): string {
  if (!value) return 'not labelled';
  const classes = classesOf(value);
  if (classes) return classes.length === 0 ? 'no class' : classes.join(', ');
  const objects = objectsOf(value) ?? [];
  if (objects.length === 0) return 'no object';
  const counts = new Map<string, number>();
  for (const object of objects) counts.set(object.class, (counts.get(object.class) ?? 0) + 1);
  return counts.size > 4
    ? plural(objects.length, 'object')
    : listing([...counts].map(([name, many]) => `${many} ${name}`));
}
