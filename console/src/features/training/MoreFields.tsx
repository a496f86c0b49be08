import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { Flag } from './Flag';
import type { FieldProps } from './TrainingForm';
import styles from './Training.module.css';

/** What is rarely changed; empty fields have the defaults of `fovea train`. */
export function MoreFields({ values, change }: FieldProps) {
  const anomaly = values.way === 'anomaly';
  const scratch = values.way === 'scratch';
  const detector = values.way === 'detector';
  const whole = values.way === 'backbone' && values.fit === 'network';
  return (
    <details className={styles.more}>
      <summary>More settings</summary>
      <div className={styles.fields}>
        <NativeSelect
          label="Promotion"
          value={values.promote}
          onChange={(event) => change({ promote: event.currentTarget.value })}
          data={[
            { value: '', label: 'first version if usable' },
            { value: 'if-better', label: 'if better than production' },
            { value: 'always', label: 'always' },
            { value: 'never', label: 'never' },
          ]}
        />
        <NumberInput
          label="Seed"
          placeholder={anomaly ? '0' : '1'}
          allowDecimal={false}
          hideControls
          value={values.seed}
          onChange={(seed) => change({ seed })}
        />
        {!anomaly && (
          <>
            <TextInput
              label="Split"
              placeholder="70/10/20"
              description="Percent for training, validation and test."
              value={values.split}
              onChange={(event) => change({ split: event.currentTarget.value })}
            />
            {!detector && (
              <NativeSelect
                label="Class weights"
                value={values.classWeights}
                onChange={(event) => change({ classWeights: event.currentTarget.value })}
                data={[
                  { value: '', label: 'balanced' },
                  { value: 'none', label: 'none' },
                ]}
              />
            )}
          </>
        )}
        {(scratch || whole) && (
          <NumberInput
            label="Epochs"
            placeholder="by the images"
            min={1}
            allowDecimal={false}
            hideControls
            value={values.epochs}
            onChange={(epochs) => change({ epochs })}
          />
        )}
        {scratch && (
          <NumberInput
            label="Least epochs"
            placeholder="none"
            description="Run whatever the time limit."
            min={0}
            allowDecimal={false}
            hideControls
            value={values.minEpochs}
            onChange={(minEpochs) => change({ minEpochs })}
          />
        )}
        {(whole || detector) && (
          <TextInput
            label="Steps"
            description="Of an earlier run, to repeat it: its setting steps_run."
            value={values.steps}
            onChange={(event) => change({ steps: event.currentTarget.value })}
          />
        )}
        {!scratch && (
          <TextInput
            label="Preprocessing contract"
            description="A JSON file on the server, for a model without one."
            value={values.contract}
            onChange={(event) => change({ contract: event.currentTarget.value })}
            spellCheck={false}
          />
        )}
        {values.way === 'backbone' && (
          <TextInput
            label="Cut"
            placeholder="before the last layer"
            description="The tensor that holds the features."
            value={values.cut}
            onChange={(event) => change({ cut: event.currentTarget.value })}
            spellCheck={false}
          />
        )}
        <TextInput
          label="Note"
          placeholder="stored with the version"
          value={values.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
          maxLength={500}
        />
        {!anomaly && (
          <>
            <Flag label="Try an INT8 version afterwards" checked={values.int8} onChange={(int8) => change({ int8 })} />
            {!detector && (
              <Flag
                label="Learn from soft labels"
                description="Where several people labelled an image."
                checked={values.softLabels}
                onChange={(softLabels) => change({ softLabels })}
              />
            )}
          </>
        )}
      </div>
    </details>
  );
}
