import { useEffect, useId, useState } from 'react';
import type { DragEvent } from 'react';
import { bytes } from '../format';
import styles from './PictureDrop.module.css';

/** Pictures below this height in pixels are enlarged, pixel by pixel. */
const TINY = 200;

interface Props {
  picture: File | null;
  onPicture: (picture: File) => void;
}

/** Takes a picture that is dropped, chosen or pasted, and shows it. */
export function PictureDrop({ picture, onPicture }: Props) {
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
        <Preview key={`${picture.name} ${picture.lastModified} ${picture.size}`} picture={picture} />
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

function Preview({ picture }: { picture: File }) {
  const [address] = useState(() => URL.createObjectURL(picture));
  const [size, setSize] = useState('');
  const [tiny, setTiny] = useState(false);
  const [shown, setShown] = useState(true);
  return (
    <figure className={styles.preview}>
      {shown ? (
        <img
          src={address}
          data-tiny={tiny || undefined}
          alt={`The picture ${picture.name}`}
          onLoad={(event) => {
            setSize(`${event.currentTarget.naturalWidth} × ${event.currentTarget.naturalHeight}, `);
            setTiny(event.currentTarget.naturalHeight < TINY);
            URL.revokeObjectURL(address);
          }}
          onError={() => setShown(false)}
        />
      ) : (
        <p className="quiet">This browser cannot show the file. The server may still be able to read it.</p>
      )}
      <figcaption>
        {picture.name}{' '}
        <span className="quiet">
          {size}
          {bytes(picture.size)}
        </span>
      </figcaption>
    </figure>
  );
}
