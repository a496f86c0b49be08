import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { imageAddress } from '../api/client';
import { apiKey } from '../api/key';
import styles from './ServerImage.module.css';

interface Props {
  /** The path on the server, such as `/v1/datasets/shirts/items/…/thumbnail`. */
  path: string;
  alt: string;
}

/** An image of the server, loaded when it comes into sight. With a key it is read first: an `img` cannot send the key. */
export function ServerImage({ path, alt }: Props) {
  const [broken, setBroken] = useState(false);
  const keyed = apiKey.current() !== '';
  const read = useQuery({
    queryKey: ['image', path],
    queryFn: ({ signal }) => imageAddress(path, signal),
    enabled: keyed,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const src = keyed ? read.data : path.replace(/^\//, '');
  if (broken || read.error) return <span className={styles.missing}>not readable</span>;
  if (src === undefined) return <span className={styles.missing} />;
  return <img className={styles.image} src={src} alt={alt} loading="lazy" onError={() => setBroken(true)} />;
}
