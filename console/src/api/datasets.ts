import type { components } from './schema';

// The API of data sets and labelling: /v1/datasets. Coordinates are pixels of the upright image.

type Schemas = components['schemas'];
type Maybe<T> = T | null | undefined;

export type Task = Schemas['Dataset']['task'];
export type ClassDefinition = Schemas['DatasetClass'];
export type DatasetVersion = Schemas['DatasetVersion'];
export type AddedImages = Schemas['AddedImages'];
export type Facets = Schemas['DatasetFacets'];
export type VersionDiff = Schemas['DatasetDiff'];

export type Dataset = Omit<Schemas['Dataset'], 'version'> & {
  /** The newest version; nothing before the first commit. */
  version?: Maybe<DatasetVersion>;
};

/** Pixels as COCO's compressed run lengths. */
export type MaskText = Schemas['AnnotationMask'];

/** One object; it has exactly one of the four shapes. */
export type AnnotatedObject = Schemas['AnnotatedObject'];

export type Flag = NonNullable<AnnotatedObject['flags']>[number];

/** What a person or model says about an image: classes of the whole image, or objects in it. */
export type AnnotationValue = Schemas['AnnotationValue'];

type MaybeValue = AnnotationValue | null | undefined;

/** The classes of the whole image; nothing where the value has objects, or there is none. */
export const classesOf = (value: MaybeValue): string[] | undefined =>
  value && 'classes' in value ? value.classes : undefined;

/** The objects in the image; nothing where the value is of the whole image, or there is none. */
export const objectsOf = (value: MaybeValue): AnnotatedObject[] | undefined =>
  value && 'objects' in value ? value.objects : undefined;

/** What a model suggested. */
export type Prefill = Schemas['AnnotationPrefill'];

export type AnnotationRow = Schemas['DatasetAnnotation'];

export type Item = Schemas['DatasetItem'];

/** With the model versions that learned from the image, such as `shirts:3`. */
export type ItemDetails = Schemas['DatasetItemDetails'];

/** The label in force as probabilities, and on how many people it rests. */
export type SoftLabel = NonNullable<ItemDetails['soft_label']>;

export type ItemPage = Schemas['DatasetItemPage'];

export const datasetPath = (name: string): string => `/datasets/${encodeURIComponent(name)}`;

export const itemPath = (dataset: string, hash: string): string => `${datasetPath(dataset)}/items/${hash}`;

export const imagePath = (dataset: string, hash: string): string => `/v1${itemPath(dataset, hash)}/image`;

export const thumbnailPath = (dataset: string, hash: string): string => `/v1${itemPath(dataset, hash)}/thumbnail`;

/** Whether annotations are of the whole image, without a place in it. */
export const isOfWholeImages = (task: Task): boolean => task === 'classification' || task === 'multi-label';
