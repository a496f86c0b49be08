import { useEffect, useRef } from 'react';
import type { HeatMap } from '../../api/types';
import { heatPixels } from './heatMap';
import styles from './HeatMapOverlay.module.css';

/** A heat map over the image that it is of. The response beside it says the same to those who cannot see it. */
export function HeatMapOverlay({ map }: { map: HeatMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(heatPixels(map), map.width, map.height), 0, 0);
  }, [map]);
  return (
    <canvas
      ref={canvas}
      className={styles.map}
      width={map.width}
      height={map.height}
      aria-hidden="true"
      data-testid="heat-map"
    />
  );
}
