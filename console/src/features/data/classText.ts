import type { ClassDefinition } from '../../api/datasets';

/** Classes as they are typed: one on each line, with the definition behind a colon. */
export function classesOfText(text: string): ClassDefinition[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon < 0
        ? { name: line, definition: '', examples: [], counter_examples: [] }
        : {
            name: line.slice(0, colon).trim(),
            definition: line.slice(colon + 1).trim(),
            examples: [],
            counter_examples: [],
          };
    })
    .filter(({ name }) => name !== '');
}
