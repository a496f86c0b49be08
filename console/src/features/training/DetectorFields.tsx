import { NumberInput } from '@mantine/core';
import { Flag } from './Flag';
import type { FieldProps } from './TrainingForm';
import styles from './Training.module.css';

/** What a detector is asked for. */
export function DetectorFields({ values, change }: FieldProps) {
  return (
    <div className={styles.fields}>
      <NumberInput
        label="Time limit"
        min={0}
        max={10080}
        decimalScale={2}
        hideControls
        suffix=" min"
        value={values.detectorMinutes}
        onChange={(detectorMinutes) => change({ detectorMinutes })}
      />
      <NumberInput
        label="Edge of the image"
        description="A multiple of 32."
        placeholder="by images and boxes"
        min={32}
        step={32}
        allowDecimal={false}
        hideControls
        suffix=" px"
        value={values.edge}
        onChange={(edge) => change({ edge })}
      />
      <Flag
        label="Objects look alike whichever way they lie"
        description="Views from above: images are turned by quarters and flipped, too."
        checked={values.quarterTurns}
        onChange={(quarterTurns) => change({ quarterTurns })}
      />
    </div>
  );
}
