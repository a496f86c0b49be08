import { Button } from '@mantine/core';
import { useId } from 'react';
import { filterOf, HIGHEST, LOWEST, UNCHANGED } from './adjusting';
import type { Adjustment } from './adjusting';
import styles from './Adjustments.module.css';

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
        keys=", ."
        value={adjustment.brightness}
        onChange={(brightness) => onChange({ ...adjustment, brightness })}
      />
      <Range
        name="Contrast"
        keys="; :"
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
  /** The keys for less and more. */
  keys: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
}

/** A small slider with its name before it. */
export function Range({ name, keys, value, onChange, min = LOWEST, max = HIGHEST, step = 0.05 }: RangeProps) {
  const id = useId();
  return (
    <span className={styles.range}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="range"
        aria-keyshortcuts={keys}
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
