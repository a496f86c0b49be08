import { Button } from '@mantine/core';
import { useId } from 'react';
import styles from './Adjustments.module.css';

/** How an image is shown; its file stays as it is. 1 is unchanged. */
export interface Adjustment {
  brightness: number;
  contrast: number;
}

export const UNCHANGED: Adjustment = { brightness: 1, contrast: 1 };

export const filterOf = ({ brightness, contrast }: Adjustment): string | undefined =>
  brightness === 1 && contrast === 1 ? undefined : `brightness(${brightness}) contrast(${contrast})`;

interface Props {
  adjustment: Adjustment;
  onChange: (adjustment: Adjustment) => void;
}

/** Brightness and contrast of what is shown; they stay for the next images. */
export function Adjustments({ adjustment, onChange }: Props) {
  return (
    <div className={styles.adjustments}>
      <Range
        name="Brightness"
        value={adjustment.brightness}
        onChange={(brightness) => onChange({ ...adjustment, brightness })}
      />
      <Range
        name="Contrast"
        value={adjustment.contrast}
        onChange={(contrast) => onChange({ ...adjustment, contrast })}
      />
      {filterOf(adjustment) && (
        <Button variant="subtle" onClick={() => onChange(UNCHANGED)}>
          As it is
        </Button>
      )}
    </div>
  );
}

interface RangeProps {
  name: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
}

/** A small slider with its name before it. */
export function Range({ name, value, onChange, min = 0.2, max = 3, step = 0.05 }: RangeProps) {
  const id = useId();
  return (
    <span className={styles.range}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
        onPointerUp={(event) => event.currentTarget.blur()}
      />
    </span>
  );
}
