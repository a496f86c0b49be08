import { useEffect, useId, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { bytes } from '../../format';
import styles from './ImageDrop.module.css';

/** Images below this height in pixels are enlarged, pixel by pixel. */
const TINY = 200;

/** An image's width and height in its own pixels, upright. */
interface PixelSize {
  width: number;
  height: number;
}

interface Props {
  image: File | null;
  onImage: (image: File) => void;
  /** What lies over the image, exactly as large as it. */
  overlay?: (size: PixelSize) => ReactNode;
}

/** Takes an image that is dropped, chosen or pasted, and shows it. */
export function ImageDrop({ image, onImage, overlay }: Props) {
  const [over, setOver] = useState(false);
  const id = useId();

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      if (file) onImage(file);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [onImage]);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onImage(file);
  }

  function drag(event: DragEvent) {
    event.preventDefault();
    setOver(true);
  }

  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {image ? (
        <Preview key={`${image.name} ${image.lastModified} ${image.size}`} image={image} overlay={overlay} />
      ) : (
        <p className={styles.hint}>Drop an image here, paste one, or</p>
      )}
      <input
        id={id}
        type="file"
        className="hidden"
        accept="image/*,.tif,.tiff"
        aria-label="Image"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onImage(file);
          event.currentTarget.value = '';
        }}
      />
      <label htmlFor={id} className={styles.choose}>
        {image ? 'Choose another image' : 'Choose an image'}
      </label>
    </div>
  );
}

function Preview({ image, overlay }: { image: File; overlay: Props['overlay'] }) {
  const [address] = useState(() => URL.createObjectURL(image));
  const [size, setSize] = useState<PixelSize | null>(null);
  const [shown, setShown] = useState(true);
  return (
    <figure className={styles.preview}>
      {shown ? (
        <div className={styles.frame}>
          <img
            src={address}
            data-tiny={(size != null && size.height < TINY) || undefined}
            alt={image.name}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
              setSize({ width, height });
              URL.revokeObjectURL(address);
            }}
            onError={() => setShown(false)}
          />
          {size && overlay?.(size)}
        </div>
      ) : (
        <p className="quiet">This browser cannot show the file. The server may still be able to read it.</p>
      )}
      <figcaption>
        {image.name}{' '}
        <span className="quiet">
          {size && `${size.width} × ${size.height}, `}
          {bytes(image.size)}
        </span>
      </figcaption>
    </figure>
  );
}
