import { expect, it } from 'vitest';
import type { Model } from '../../api/types';
import { inUse } from './versionUse';

const model = (more: Partial<Model>) => ({ production: 3, previous: 2, canary: null, cascade: null, ...more }) as Model;

it('says why a version cannot go, and nothing where it can', () => {
  expect(inUse(model({}), 3)).toBe('Version 3 is in production. Promote another version first.');
  expect(inUse(model({}), 2)).toBe('A rollback returns to version 2. Promote another version first.');
  expect(inUse(model({ canary: { version: 4, percent: 5 } }), 4)).toBe(
    'Version 4 is the canary. End the canary first.',
  );
  expect(inUse(model({}), 1)).toBeUndefined();
  expect(inUse(model({ production: null, previous: null }), 1)).toBeUndefined();
});
