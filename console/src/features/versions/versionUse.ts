import type { Model } from '../../api/types';

/** What a version is used for, so that it can be neither archived nor deleted; nothing if it can. */
export function inUse({ production, previous, canary, cascade }: Model, version: number): string | undefined {
  if (version === production) return `Version ${version} is in production. Promote another version first.`;
  if (version === canary?.version) return `Version ${version} is the canary. End the canary first.`;
  if (version === previous) return `A rollback returns to version ${version}. Promote another version first.`;
  if (version === cascade?.version)
    return `The threshold of the cascade was chosen for version ${version}. End the cascade first.`;
  return undefined;
}

/** Zip files are named as the command line names them. */
export const exportName = (model: string, version: number): string => `${model}-${version}.zip`;
