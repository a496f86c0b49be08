import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import type { AdviceField } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { CHOICES, NAMES } from './advice';
import type { Measured } from './advice';
import styles from './Advice.module.css';

interface Props {
  fields: readonly AdviceField[];
  values: Readonly<Record<string, string | number>>;
  measured: readonly Measured[];
  pending: boolean;
  error: Error | null;
  onValue: (key: string, value: string | number) => void;
  onMeasured: (measured: readonly Measured[]) => void;
  onAdvise: () => void;
}

/** The questions of `fovea advise`; empty fields have its defaults, which stand in them. */
export function AdviceForm({ fields, values, measured, pending, error, onValue, onMeasured, onAdvise }: Props) {
  const of = (group: AdviceField['group']) =>
    fields
      .filter((field) => field.group === group)
      .map((field) => (
        <Field
          key={field.key}
          field={field}
          value={values[field.key] ?? ''}
          onValue={(value) => onValue(field.key, value)}
        />
      ));

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!pending) onAdvise();
  }

  return (
    <Panel title="Your situation">
      <form className={styles.form} onSubmit={submit} aria-label="Advise">
        <div className={styles.fields}>{of('situation')}</div>
        <details className={styles.more}>
          <summary>Measured on your own images</summary>
          <p className="small">
            <code>fovea advise --pilot</code> asks services for up to 100 of your images and fits a linear probe to
            them. What you enter here takes the place of the rule of thumb for accuracy.
          </p>
          {measured.map((one, i) => (
            <MeasuredFields
              key={one.way}
              measured={one}
              onChange={(next) => onMeasured(measured.map((each, k) => (k === i ? next : each)))}
            />
          ))}
        </details>
        <details className={styles.more}>
          <summary>Weights of the criteria</summary>
          <div className={styles.fields}>{of('weight')}</div>
        </details>
        <details className={styles.more}>
          <summary>Prices</summary>
          <p className="small">
            In one currency. What stands in the fields are assumptions of December 2026, and nobody&rsquo;s quote.
          </p>
          <div className={styles.fields}>{of('price')}</div>
        </details>
        {error && <ProblemNote error={error} />}
        <div>
          <Button type="submit" disabled={pending}>
            Compare the ways
          </Button>
        </div>
      </form>
    </Panel>
  );
}

interface FieldProps {
  field: AdviceField;
  value: string | number;
  onValue: (value: string | number) => void;
}

function Field({ field, value, onValue }: FieldProps) {
  const choices = CHOICES[field.key];
  const label = NAMES[field.key] ?? field.question;
  return choices ? (
    <NativeSelect
      label={label}
      value={value === '' ? field.usual : value}
      onChange={(event) => onValue(event.currentTarget.value)}
      data={choices.map(([choice, words]) => ({ value: choice, label: words }))}
    />
  ) : (
    <NumberInput
      label={label}
      placeholder={Number(field.usual).toLocaleString('en-GB')}
      min={0}
      thousandSeparator=","
      hideControls
      value={value}
      onChange={onValue}
    />
  );
}

function MeasuredFields({ measured, onChange }: { measured: Measured; onChange: (next: Measured) => void }) {
  const service = measured.way === 'api';
  return (
    <fieldset className={styles.measured}>
      <legend>{service ? 'A service' : 'A linear probe, or an own model'}</legend>
      <TextInput
        label="Name"
        placeholder={service ? 'remote:vision' : 'efficientnet-lite0'}
        value={measured.name}
        onChange={(event) => onChange({ ...measured, name: event.currentTarget.value })}
      />
      <NumberInput
        label="Right"
        min={0}
        allowDecimal={false}
        hideControls
        value={measured.right}
        onChange={(right) => onChange({ ...measured, right })}
      />
      <NumberInput
        label="Of images"
        min={1}
        allowDecimal={false}
        hideControls
        value={measured.images}
        onChange={(images) => onChange({ ...measured, images })}
      />
    </fieldset>
  );
}
