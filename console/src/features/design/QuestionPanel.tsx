import { SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Dataset } from '../../api/datasets';
import { isOfWholeImages } from '../../api/datasets';
import type { LabelDesign } from '../../api/design';
import { Panel } from '../../components/Panel';
import type { DesignChange } from './queries';
import { useDraft } from './useDraft';
import styles from './Design.module.css';

interface Props {
  dataset: Dataset;
  design: LabelDesign;
  onChange: (change: DesignChange) => void;
}

/** What people answer about each image. */
export function QuestionPanel({ dataset, design, onChange }: Props) {
  const question = useDraft(design.question, (text) => onChange(() => ({ question: text })));
  return (
    <Panel title="Question" note="People read it above every image.">
      <div className={styles.form}>
        <TextInput
          label="What should people answer?"
          placeholder="Which fault does the fabric show?"
          dir="auto"
          {...question}
        />
        {isOfWholeImages(dataset.task) && (
          <>
            <Switch
              label="Can two classes apply to one image?"
              value={design.several_apply}
              onChange={(several_apply) => onChange(() => ({ several_apply }))}
            />
            <Switch
              label="Can none of the classes apply?"
              value={design.none_applies}
              onChange={(none_applies) => onChange(() => ({ none_applies }))}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

interface SwitchProps {
  label: string;
  value: boolean | null | undefined;
  onChange: (value: boolean | null) => void;
}

const VALUES = { open: null, no: false, yes: true } as const;

function Switch({ label, value, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.switch}>
      <span id={id}>{label}</span>
      <SegmentedControl
        aria-labelledby={id}
        value={value == null ? 'open' : value ? 'yes' : 'no'}
        onChange={(next) => onChange(VALUES[next])}
        data={[
          { value: 'no', label: 'No' },
          { value: 'yes', label: 'Yes' },
          { value: 'open', label: 'Not stated' },
        ]}
      />
    </div>
  );
}
