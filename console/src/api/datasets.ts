import { request } from './client';
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
export interface MaskText {
  width: number;
  height: number;
  counts: string;
}

export type Flag = 'crowd' | 'difficult' | 'truncated' | 'occluded';

/** One object; it has exactly one of the four shapes. */
export interface AnnotatedObject {
  class: string;
  /** x, y, width, height */
  box?: number[];
  /** centre x, centre y, width, height, degrees clockwise */
  rotated_box?: number[];
  /** x1, y1, x2, y2, … of each ring */
  polygon?: number[][];
  mask?: MaskText;
  attributes?: Record<string, string>;
  flags?: Flag[];
}

/** What a person or model says about an image: classes of the whole image, or objects in it. */
export interface AnnotationValue {
  classes?: string[];
  objects?: AnnotatedObject[];
}

/** What a model suggested. */
export interface Prefill {
  value: AnnotationValue;
  model: string;
}

/** A row of the annotations; in the document of the API its value is any JSON. */
export type AnnotationRow = Omit<Schemas['DatasetAnnotation'], 'value' | 'prefill' | 'millis'> & {
  value: AnnotationValue;
  prefill?: Maybe<Prefill>;
  millis?: Maybe<number>;
};

export type Item = Omit<Schemas['DatasetItem'], 'annotation' | 'group' | 'split' | 'image'> & {
  image: Omit<Schemas['DatasetImage'], 'blurring'> & { blurring?: Maybe<Schemas['DatasetImage']['blurring']> };
  annotation?: Maybe<AnnotationRow>;
  group?: Maybe<string>;
  split?: Maybe<string>;
};

export interface ItemDetails {
  item: Item;
  annotations: AnnotationRow[];
  /** Model versions that learned from the image, such as `shirts:3`. */
  models: string[];
}

export interface ItemPage {
  items: Item[];
  next?: Maybe<number>;
}

export const datasetPath = (name: string): string => `/datasets/${encodeURIComponent(name)}`;

export const itemPath = (dataset: string, hash: string): string => `${datasetPath(dataset)}/items/${hash}`;

export const imagePath = (dataset: string, hash: string): string => `/v1${itemPath(dataset, hash)}/image`;

export const thumbnailPath = (dataset: string, hash: string): string => `/v1${itemPath(dataset, hash)}/thumbnail`;

export function put<T>(path: string, body: unknown, method: 'PUT' | 'PATCH' = 'PUT'): Promise<T> {
  return request<T>(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Whether annotations are of the whole image, without a place in it. */
export const isOfWholeImages = (task: Task): boolean => task === 'classification' || task === 'multi-label';
