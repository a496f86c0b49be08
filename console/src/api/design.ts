import { datasetPath } from './datasets';
import type { Agreement } from './labelling';
import type { components } from './schema';

// The API of the question before the labels: /v1/datasets/{name}/design and …/pilot.

type Schemas = components['schemas'];

export type LabelDesign = Omit<Schemas['LabelDesign'], 'several_apply' | 'none_applies' | 'compared'> & {
  /** Nothing until somebody said so. */
  several_apply?: boolean | null;
  none_applies?: boolean | null;
  /** Nothing before the classes were compared by embeddings. */
  compared?: Schemas['ClassComparison'] | null;
};
export type DesignFinding = Schemas['DesignFinding'];
export type NewLabelDesign = Pick<LabelDesign, 'question' | 'several_apply' | 'none_applies' | 'classes'>;
export type DesignClass = Schemas['DatasetClass'];

export type Pilot = Omit<Schemas['Pilot'], 'agreement'> & {
  /** How well people agree; nothing until the pilot is done. */
  agreement?: Agreement | null;
};

export const designPath = (dataset: string): string => `${datasetPath(dataset)}/design`;

export const pilotPath = (dataset: string): string => `${datasetPath(dataset)}/pilot`;
