import { NumberInput, Radio } from '@mantine/core';
import { Flag } from './Flag';
import type { FieldProps } from './TrainingForm';
import styles from './Training.module.css';

/** What an anomaly detector is asked for. */
export function AnomalyFields({ values, change }: FieldProps) {
  const good = Math.ceil(100 / Math.max(0.01, Number(values.falseAlarms) || 1)) - 1;
  return (
    <div className={styles.fields}>
      <p className={`quiet ${styles.wide ?? ''}`}>
        Good images are those of the class or folder “good”. Other folders hold defects, with masks in ground_truth.
      </p>
      <NumberInput
        label="False-alarm rate"
        description={`Of good images. It takes ${good} good images or more.`}
        min={0}
        max={49}
        decimalScale={4}
        hideControls
        suffix=" %"
        value={values.falseAlarms}
        onChange={(falseAlarms) => change({ falseAlarms })}
      />
      <Radio.Group label="Method" value={values.method} onChange={(method) => change({ method })}>
        <div className={styles.choices}>
          <Radio
            value="padim"
            label="PaDiM"
            description="Each place with the same place of good images: objects that always lie alike."
          />
          <Radio
            value="patchcore"
            label="PatchCore"
            description="Each place with all places of good images: textures, and objects that turn."
          />
        </div>
      </Radio.Group>
      <Flag
        label="Learn from unusual good images too"
        description="Those that look anomalous themselves are refused otherwise."
        checked={values.keepUnusual}
        onChange={(keepUnusual) => change({ keepUnusual })}
      />
    </div>
  );
}
