import { NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Model, Objective, Objectives, ObjectivesRequest } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useSetObjectives } from './queries';
import styles from './ServiceLevel.module.css';

interface Props {
  model: Model;
  objectives: Objectives;
  onClose: () => void;
}

/** Targets by the name of the objective; what is empty is no objective. */
export type Targets = Readonly<Record<string, number | ''>>;

interface Field {
  name: string;
  label: string;
  description: string;
  suffix: string;
}

const FIELDS: readonly Field[] = [
  {
    name: 'availability',
    label: 'Availability, at least',
    description: 'Requests that do not fail for the service’s fault.',
    suffix: ' %',
  },
  {
    name: 'error-rate',
    label: 'Error rate, at most',
    description: 'Requests with any error, a bad image too.',
    suffix: ' %',
  },
  { name: 'p95', label: 'Latency p95, at most', description: '95 % of the answers take no longer.', suffix: ' ms' },
  { name: 'p99', label: 'Latency p99, at most', description: '99 % of the answers take no longer.', suffix: ' ms' },
  { name: 'accuracy', label: 'Accuracy, at least', description: 'From labels, or estimated without.', suffix: ' %' },
  {
    name: 'cost',
    label: 'Cost of 1,000 answers, at most',
    description: 'Processor time and remote calls.',
    suffix: '',
  },
];

/** Sets what must hold in a month. */
export function ObjectivesDialog({ model, objectives, onClose }: Props) {
  const [targets, setTargets] = useState<Targets>(() => targetsOf(objectives.objectives));
  const [price, setPrice] = useState<number | ''>(objectives.cpu_hour_price ?? '');
  const [label, setLabel] = useState(model.labels[0] ?? '');
  const set = useSetObjectives(model.name);
  const input = ({ name, label: title, description, suffix }: Field) => (
    <NumberInput
      key={name}
      label={title}
      description={description}
      suffix={suffix}
      min={0}
      value={targets[name] ?? ''}
      onChange={(value) => setTargets({ ...targets, [name]: value === '' ? '' : Number(value) })}
    />
  );
  return (
    <ReasonDialog
      title={`Objectives of ${model.name}`}
      confirm="Save"
      label={null}
      fields={
        <>
          <div className={styles.fields}>
            {FIELDS.map(input)}
            <NumberInput
              label="Price of a processor hour"
              description="In the currency of the cost; nothing at first."
              min={0}
              value={price}
              onChange={(value) => setPrice(value === '' ? '' : Number(value))}
            />
          </div>
          {model.labels.length > 0 && (
            <fieldset className={styles.classes}>
              <legend>Of one class</legend>
              <NativeSelect
                label="Class"
                value={label}
                onChange={(event) => setLabel(event.currentTarget.value)}
                data={model.labels}
              />
              {input({
                name: `precision:${label}`,
                label: 'Precision, at least',
                description: 'Predictions of the class that are right.',
                suffix: ' %',
              })}
              {input({
                name: `recall:${label}`,
                label: 'Recall, at least',
                description: 'Images of the class that are found.',
                suffix: ' %',
              })}
            </fieldset>
          )}
        </>
      }
      act={() => set.mutateAsync(orderOf(targets, price))}
      onClose={onClose}
    >
      They hold for each calendar month in UTC. What is empty is no objective.
    </ReasonDialog>
  );
}

export const targetsOf = (objectives: readonly Objective[]): Targets =>
  Object.fromEntries(objectives.map(({ name, target }) => [name, target]));

/** What is sent of the targets that are filled in. */
export function orderOf(targets: Targets, price: number | ''): ObjectivesRequest {
  const objectives = Object.entries(targets).flatMap(([name, target]) => {
    if (target === '') return [];
    const [indicator = name, ...label] = name.split(':');
    return [label.length === 0 ? { indicator, target } : { indicator, label: label.join(':'), target }];
  });
  return price === '' ? { objectives } : { objectives, cpu_hour_price: price };
}
