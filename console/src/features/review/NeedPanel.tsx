import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { LabelNeed } from '../../api/labelling';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { useDeclareNeed, useNeed } from './queries';
import { SavedForm } from './SavedForm';
import { Share } from './Share';

/** How many labels the models need, where somebody knows. */
export function NeedPanel({ name }: { name: string }) {
  const need = useNeed(name);
  return (
    <Panel title="Labels needed" note="Without a number, as many as the images that arrive want.">
      {need.data ? <NeedForm name={name} need={need.data} /> : <Loading error={need.error} what="the labels needed" />}
    </Panel>
  );
}

function NeedForm({ name, need }: { name: string; need: LabelNeed }) {
  const save = useDeclareNeed(name);
  const [values, setValues] = useState(need);

  return (
    <SavedForm label="Labels needed" save={save} onSave={() => save.mutate(values)}>
      <NumberInput
        label="Labels per day"
        placeholder="by what arrives"
        min={0}
        value={values.labels_per_day ?? ''}
        onChange={(next) => setValues({ ...values, labels_per_day: next === '' ? null : Number(next) })}
      />
      <Share
        label="Share of arriving images to label"
        value={values.intake_share}
        onChange={(intake_share) => setValues({ ...values, intake_share })}
      />
    </SavedForm>
  );
}
