import { expect, test } from 'vitest';
import { classesOfText } from './classText';

test('reads a class from each line, with its definition', () => {
  expect(classesOfText(' hole: open, as in "o": all of it \n\n none\n: nothing')).toEqual([
    {
      name: 'hole',
      definition: 'open, as in "o": all of it',
      examples: [],
      counter_examples: [],
    },
    { name: 'none', definition: '', examples: [], counter_examples: [] },
  ]);
});
