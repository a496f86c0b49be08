import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LabellingSettings } from '../../api/labelling';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { useChangeSettings, useSettings } from './queries';
import { SavedForm } from './SavedForm';
import { Share } from './Share';

/** How images come to people. */
export function SettingsPanel({ name }: { name: string }) {
  const settings = useSettings(name);
  return (
    <Panel title="Settings">
      {settings.data ? (
        <SettingsForm name={name} settings={settings.data} />
      ) : (
        <Loading error={settings.error} what="the settings" />
      )}
    </Panel>
  );
}

function SettingsForm({ name, settings }: { name: string; settings: LabellingSettings }) {
  const save = useChangeSettings(name);
  const [values, setValues] = useState(settings);
  const change = (next: Partial<LabellingSettings>) => setValues({ ...values, ...next });

  return (
    <SavedForm label="Settings of labelling" save={save} onSave={() => save.mutate(values)}>
      <NumberInput
        label="Annotators per image"
        min={1}
        max={20}
        value={values.per_image}
        onChange={(value) => change({ per_image: Number(value) || 1 })}
      />
      <NativeSelect
        label="Order"
        value={values.order}
        onChange={(event) => change({ order: event.currentTarget.value as LabellingSettings['order'] })}
        data={[
          { value: 'uncertain', label: 'uncertain first: for training' },
          { value: 'random', label: 'random: for an unbiased test set' },
        ]}
      />
      <Share
        label="Images with a known answer"
        value={values.honeypot_share}
        onChange={(honeypot_share) => change({ honeypot_share })}
      />
      <Share
        label="Suggestions hidden"
        value={values.hide_prefill_share}
        onChange={(hide_prefill_share) => change({ hide_prefill_share })}
      />
      <TextInput
        label="Model that suggests"
        placeholder="none"
        value={values.prefill_model ?? ''}
        onChange={({ currentTarget: { value } }) => change({ prefill_model: value.trim() === '' ? null : value })}
        spellCheck={false}
        autoComplete="off"
      />
      <Share
        label="Minimum skill"
        value={values.min_skill ?? 0}
        onChange={(skill) => change({ min_skill: skill || null })}
      />
      <NativeSelect
        label="Several votes become one label by"
        value={values.consensus ?? 'auto'}
        onChange={(event) => change({ consensus: event.currentTarget.value as LabellingSettings['consensus'] })}
        data={[
          { value: 'auto', label: 'auto: Dawid–Skene once people can be told apart' },
          { value: 'majority', label: 'majority: all count the same' },
          { value: 'dawid-skene', label: 'Dawid–Skene: skill and bias of people' },
          { value: 'difficulty', label: 'difficulty: Dawid–Skene, and images differ' },
        ]}
      />
    </SavedForm>
  );
}
