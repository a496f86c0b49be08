import { imageAddress } from '../../../api/client';

/** An image that is decoded and can be painted at once. */
export interface LoadedImage {
  src: string;
  width: number;
  height: number;
}

/** Images that were loaded and those that are next, decoded, at most `capacity` of them. */
export class ImageCache {
  readonly #load: (path: string) => Promise<LoadedImage>;
  readonly #forget: (image: LoadedImage) => void;
  readonly #capacity: number;
  readonly #images = new Map<string, Promise<LoadedImage>>();

  constructor(
    load: (path: string) => Promise<LoadedImage> = loadImage,
    forget: (image: LoadedImage) => void = ({ src }) => URL.revokeObjectURL(src),
    capacity = 48,
  ) {
    this.#load = load;
    this.#forget = forget;
    this.#capacity = capacity;
  }

  /** The image, from the cache if it is there. A failure is not kept. */
  get(path: string): Promise<LoadedImage> {
    const known = this.#images.get(path);
    this.#images.delete(path);
    const image = known ?? this.#load(path);
    this.#images.set(path, image);
    if (!known) {
      image.catch(() => this.#images.get(path) === image && this.#images.delete(path));
      this.#evict();
    }
    return image;
  }

  clear(): void {
    for (const image of this.#images.values()) image.then(this.#forget, () => undefined);
    this.#images.clear();
  }

  #evict(): void {
    for (const [path, image] of this.#images) {
      if (this.#images.size <= this.#capacity) return;
      this.#images.delete(path);
      image.then(this.#forget, () => undefined);
    }
  }
}

// decoded images are dropped with their elements
const elements = new Map<string, HTMLImageElement>();

/** Reads and decodes an image of the server; the key travels with the request. */
async function loadImage(path: string): Promise<LoadedImage> {
  const src = await imageAddress(path, new AbortController().signal);
  const element = new Image();
  element.src = src;
  await element.decode();
  elements.set(src, element);
  for (const old of elements.keys()) {
    if (elements.size <= 24) break;
    elements.delete(old);
  }
  return { src, width: element.naturalWidth, height: element.naturalHeight };
}
