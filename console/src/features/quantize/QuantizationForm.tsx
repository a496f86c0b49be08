import { Button, NativeSelect, NumberInput, Radio, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useQuantize } from './queries';
import type { Model, QuantizationRequest, VersionSummary } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { shortHash } from '../../format';
import type { Quantization } from './quantizations';
import styles from './QuantizationSection.module.css';

type Precision = 'int8' | 'int8-weights' | 'fp16';

const precisions: readonly (readonly [precision: Precision, name: string, what: string])[] = [
  ['int8', 'INT8', 'Computes in integers: a quarter of the size, faster on this machine.'],
  ['int8-weights', 'INT8 weights', 'Integer weights, computed in floats: a quarter of the size, not faster.'],
  ['fp16', 'FP16', 'Computes in 16-bit floats: half the size, faster on accelerators only.'],
];

/** What is in the form; it outlives a job, so that it can be tried again with one thing changed. */
export interface FormValues {
  version: number | null;
  data: string;
  precision: Precision;
  margin: number | string;
  note: string;
}

export const initialValues: FormValues = { version: null, data: '', precision: 'int8', margin: 0.5, note: '' };

interface Props {
  model: Model;
  quantizations: readonly Quantization[];
  values: FormValues;
  onValues: (values: FormValues) => void;
  onStart: () => void;
}

export function QuantizationForm({ model, quantizations, values, onValues, onStart }: Props) {
  const quantize = useQuantize();
  const { versions, first } = choices(model, quantizations);
  const version = versions.find((each) => each.version === values.version) ?? first;
  const change = (next: Partial<FormValues>) => onValues({ ...values, ...next });
  if (!version) {
    return (
      <Panel title="Quantize a version">
        <p className="quiet">Every version is quantized.</p>
      </Panel>
    );
  }
  const { version: number, dataset } = version;
  const named = dataset != null || values.data.trim() !== '';
  const ready = named && !quantize.isPending;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (ready) void quantize.mutateAsync(requestOf(model.name, number, values)).then(onStart, () => undefined);
  }

  return (
    <Panel
      title="Quantize a version"
      note="The quantized version becomes a candidate if its loss on test images is within the margin. Otherwise you see the reason. Production does not change."
    >
      <form className={styles.form} onSubmit={submit} aria-label="Quantize a version">
        <div className={styles.pair}>
          <NativeSelect
            label="Version"
            value={String(number)}
            onChange={(event) => change({ version: Number(event.currentTarget.value) })}
            data={versions.map((each) => ({
              value: String(each.version),
              label: `Version ${each.version}${each.aliases.length > 0 ? `, ${each.aliases.join(', ')}` : ''}`,
            }))}
          />
          <NumberInput
            label="Margin of accuracy"
            min={0}
            max={100}
            decimalScale={2}
            clampBehavior="strict"
            hideControls
            suffix=" points"
            value={values.margin}
            onChange={(margin) => change({ margin })}
          />
        </div>
        <TextInput
          label="Images"
          description={`The first digits of an image list's ID, or a folder under one of the server's datasets.roots. ${
            dataset == null
              ? `Version ${number} was not trained here, so that its images are unknown.`
              : `Empty: the training dataset of version ${number} (${shortHash(dataset)}).`
          } One folder per label compares accuracy; otherwise the agreement of both versions is compared.`}
          placeholder={dataset == null ? 'e.g. /data/images' : 'its training dataset'}
          value={values.data}
          onChange={(event) => change({ data: event.currentTarget.value })}
          spellCheck={false}
          autoComplete="off"
        />
        <Radio.Group label="Precision" value={values.precision} onChange={(next) => change({ precision: next })}>
          <div className={styles.precisions}>
            {precisions.map(([value, name, what]) => (
              <Radio key={value} value={value} label={name} description={what} />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label="Note"
          placeholder="stored with the new version"
          value={values.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
          maxLength={500}
        />
        {quantize.error && <ProblemNote error={quantize.error} />}
        <div className={styles.begin}>
          <Button type="submit" disabled={!ready}>
            Start
          </Button>
          {!named && <p>Enter images to start.</p>}
        </div>
      </form>
    </Panel>
  );
}

/** Versions that are not quantized. The first is in production, or the original of what is. */
function choices(
  model: Model,
  quantizations: readonly Quantization[],
): { versions: VersionSummary[]; first?: VersionSummary } {
  const small = new Map(quantizations.map((quantization) => [quantization.registered, quantization.original]));
  const versions = model.versions.filter((each) => each.state !== 'failed' && !small.has(each.version));
  const wanted = model.production == null ? null : (small.get(model.production) ?? model.production);
  return { versions, first: versions.find((each) => each.version === wanted) ?? versions[0] };
}

const requestOf = (
  model: string,
  version: number,
  { data, precision, margin, note }: FormValues,
): QuantizationRequest => ({
  type: 'quantize',
  model,
  version,
  precision,
  ...(data.trim() === '' ? {} : { data: data.trim() }),
  ...(margin === '' ? {} : { margin: Number(margin) }),
  ...(note.trim() === '' ? {} : { note: note.trim() }),
});
