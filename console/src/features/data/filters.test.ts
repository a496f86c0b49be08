import { expect, test } from 'vitest';
import { filterOfAddress, filterQuery, withTag } from './filters';

test('a filter asks for the page behind an item', () => {
  expect(filterQuery({ split: 'test', camera: '3' }, null)).toBe('tag=camera%3D3&tag=split%3Dtest&size=60');
  expect(filterQuery({}, 812)).toBe('after=812&size=60');
});

test('a filter survives the address, whatever its values hold', () => {
  const filter = { camera: '3', note: 'a=b & "c", é' };
  expect(filterOfAddress(new URLSearchParams(withTag(filter, 'class', 'cat').toString()))).toEqual({
    ...filter,
    class: 'cat',
  });
  expect(filterOfAddress(withTag(filter, 'note', ''))).toEqual({ camera: '3' });
  expect(filterOfAddress(new URLSearchParams('tag=nothing&tag==x'))).toEqual({});
});
