import { request } from './client';

// The API of data sets and labelling: /v1/datasets. Coordinates are pixels of the upright image.

export type Task = 'classification' | 'multi-label' | 'detection' | 'instance-segmentation' | 'semantic-segmentation';

export interface ClassDefinition {
  name: string;
  definition: string;
  /** Hashes of images that show the class. */
  examples: string[];
}

export interface Dataset {
  name: string;
  task: Task;
  classes: ClassDefinition[];
  items: number;
  labelled: number;
  /** The newest version; absent before the first commit. */
  version?: string | null;
  created: string;
}

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

export interface AnnotationRow {
  annotator: string;
  value: AnnotationValue;
  created: string;
  millis?: number | null;
  prefill_model?: string | null;
  in_force: boolean;
}

export interface Item {
  id?: number;
  hash: string;
  width: number;
  height: number;
  format?: string;
  split?: string | null;
  group?: string | null;
  source?: string | null;
  added?: string;
  tags?: Record<string, string>;
  annotation?: { value: AnnotationValue } | null;
}

export interface ItemDetails extends Item {
  annotations?: AnnotationRow[];
  /** Model versions that learned from the image, such as `shirts:3`. */
  models?: string[];
}

export interface ItemPage {
  items: Item[];
  next?: number | string | null;
}

export interface Facets {
  tags: { name: string; values: { value: string; count: number }[] }[];
}

export interface DatasetVersion {
  id: string;
  created: string;
  note?: string | null;
  items: number;
}

export interface VersionDiff {
  added: number;
  removed: number;
  relabelled: number;
  moved: number;
  per_class?: { class: string; added: number; removed: number; relabelled: number }[];
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
