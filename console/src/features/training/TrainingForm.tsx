import { Button, NativeSelect, NumberInput, Radio, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { SubmitEvent } from 'react';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { useDatasets } from '../data/queries';
import { AnomalyFields } from './AnomalyFields';
import { BackboneField } from './BackboneField';
import { DetectorFields } from './DetectorFields';
import { MoreFields } from './MoreFields';
import { useBackbones, useTrain } from './queries';
import { firstBackbone, missing, requestOf, WAYS } from './training';
import type { TrainingValues } from './training';
import styles from './Training.module.css';

interface Props {
  values: TrainingValues;
  onValues: (values: TrainingValues) => void;
  fixedModel: boolean;
  fixedData: boolean;
  onStart: () => void;
}

/** What a part of the form needs. */
export interface FieldProps {
  values: TrainingValues;
  change: (next: Partial<TrainingValues>) => void;
}

/** All that `fovea train` takes; what is rarely needed is folded away. */
export function TrainingForm({ values, onValues, fixedModel, fixedData, onStart }: Props) {
  const train = useTrain();
  const backbones = useBackbones().data ?? [];
  const from = values.from === '' ? (firstBackbone(backbones)?.name ?? '') : values.from;
  const whole: TrainingValues = { ...values, from };
  const lacks = missing(whole);
  const change = (next: Partial<TrainingValues>) => onValues({ ...values, ...next });

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (lacks == null && !train.isPending) void train.mutateAsync(requestOf(whole)).then(onStart, () => undefined);
  }

  return (
    <Panel
      title={fixedModel ? 'Train a version' : 'Train a model'}
      note="The model is judged on test images and becomes the next version. A first version goes into production if it is of use; a later one is compared with production and waits."
    >
      <form className={styles.form} onSubmit={submit} aria-label="Train">
        {!(fixedModel && fixedData) && (
          <div className={styles.fields}>
            {!fixedModel && (
              <TextInput
                label="Model"
                description="A new name, or that of a model that gets a version."
                placeholder="shirts"
                value={values.model}
                onChange={(event) => change({ model: event.currentTarget.value })}
                spellCheck={false}
                autoComplete="off"
              />
            )}
            {!fixedData && <DataField values={values} change={change} />}
          </div>
        )}
        <Radio.Group label="Way" value={values.way} onChange={(way) => change({ way })}>
          <div className={styles.ways}>
            {WAYS.map(([way, name, what]) => (
              <Radio key={way} className={styles.way ?? ''} value={way} label={name} description={what} />
            ))}
          </div>
        </Radio.Group>
        {values.way !== 'scratch' && <BackboneField backbones={backbones} values={whole} change={change} />}
        {values.way === 'backbone' && <FitFields values={values} change={change} />}
        {values.way === 'anomaly' && <AnomalyFields values={values} change={change} />}
        {values.way === 'detector' && <DetectorFields values={values} change={change} />}
        {values.way === 'scratch' && <ScratchFields values={values} change={change} />}
        <MoreFields values={values} change={change} />
        {train.error && <ProblemNote error={train.error} />}
        <div className={styles.begin}>
          <Button type="submit" disabled={lacks != null || train.isPending}>
            Train
          </Button>
          {lacks != null && <p>{lacks}</p>}
        </div>
      </form>
    </Panel>
  );
}

/** A data set or a folder: what is typed is either. */
function DataField({ values, change }: FieldProps) {
  const datasets = useDatasets().data?.datasets ?? [];
  const id = useId();
  return (
    <>
      <TextInput
        label="Images"
        description="A data set, or a folder under one of the server's datasets.roots with a folder for each class, or with boxes."
        placeholder={datasets[0]?.name ?? '/data/images'}
        value={values.data}
        onChange={(event) => change({ data: event.currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
        list={id}
      />
      <datalist id={id}>
        {datasets.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function FitFields({ values, change }: FieldProps) {
  return (
    <div className={styles.fields}>
      <Radio.Group
        label="What learns"
        value={values.fit}
        onChange={(fit) => change({ fit: fit === 'network' ? 'network' : 'head' })}
      >
        <div className={styles.choices}>
          <Radio value="head" label="The head" description="A linear classifier on its features: seconds." />
          <Radio
            value="network"
            label="The whole network"
            description="The head first, then all weights; kept where that predicts validation images better."
          />
        </div>
      </Radio.Group>
      {values.fit === 'network' && <MinutesField values={values} change={change} />}
    </div>
  );
}

function ScratchFields({ values, change }: FieldProps) {
  return (
    <div className={styles.fields}>
      <NativeSelect
        label="Network"
        value={values.family}
        onChange={(event) => change({ family: event.currentTarget.value })}
        data={['residual', 'mobile']}
      />
      <NativeSelect
        label="Size"
        value={values.size}
        onChange={(event) => change({ size: event.currentTarget.value })}
        data={['small', 'medium', 'large']}
      />
      <NumberInput
        label="Edge of the image"
        placeholder="128 px"
        min={16}
        max={1024}
        allowDecimal={false}
        hideControls
        suffix=" px"
        value={values.edge}
        onChange={(edge) => change({ edge })}
      />
      <MinutesField values={values} change={change} />
    </div>
  );
}

function MinutesField({ values, change }: FieldProps) {
  return (
    <NumberInput
      label="Time limit"
      min={0}
      max={10080}
      decimalScale={2}
      hideControls
      suffix=" min"
      value={values.minutes}
      onChange={(minutes) => change({ minutes })}
    />
  );
}
