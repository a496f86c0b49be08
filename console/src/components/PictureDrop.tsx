import { useEffect, useId, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { bytes } from '../format';
import styles from './PictureDrop.module.css';

/** Pictures below this height in pixels are enlarged, pixel by pixel. */
const TINY = 200;

/** A picture's width and height in its own pixels, upright. */
interface PixelSize {
  width: number;
  height: number;
}

interface Props {
  picture: File | null;
  onPicture: (picture: File) => void;
  /** What lies over the picture, exactly as large as it. */
  overlay?: (size: PixelSize) => ReactNode;
}

/** Takes a picture that is dropped, chosen or pasted, and shows it. */
export function PictureDrop({ picture, onPicture, overlay }: Props) {
  const [over, setOver] = useState(false);
  const id = useId();

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      if (file) onPicture(file);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [onPicture]);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onPicture(file);
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
      {picture ? (
        <Preview key={`${picture.name} ${picture.lastModified} ${picture.size}`} picture={picture} overlay={overlay} />
      ) : (
        <p className={styles.hint}>Drop a picture here, paste one, or</p>
      )}
      <input
        id={id}
        type="file"
        className="hidden"
        accept="image/*,.tif,.tiff"
        aria-label="Picture"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onPicture(file);
          event.currentTarget.value = '';
        }}
      />
      <label htmlFor={id} className={styles.choose}>
        {picture ? 'Choose another picture' : 'Choose a picture'}
      </label>
    </div>
  );
}

function Preview({ picture, overlay }: { picture: File; overlay: Props['overlay'] }) {
  const [address] = useState(() => URL.createObjectURL(picture));
  const [size, setSize] = useState<PixelSize | null>(null);
  const [shown, setShown] = useState(true);
  return (
    <figure className={styles.preview}>
      {shown ? (
        <div className={styles.frame}>
          <img
            src={address}
            data-tiny={(size != null && size.height < TINY) || undefined}
            alt={`The picture ${picture.name}`}
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
        {picture.name}{' '}
        <span className="quiet">
          {size && `${size.width} × ${size.height}, `}
          {bytes(picture.size)}
        </span>
      </figcaption>
    </figure>
  );
}
