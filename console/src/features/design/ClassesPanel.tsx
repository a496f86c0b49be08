import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Dataset } from '../../api/datasets';
import type { DesignClass, LabelDesign } from '../../api/design';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { ExampleImages } from './ExampleImages';
import { ExamplePicker } from './ExamplePicker';
import { useRenameClass } from './queries';
import type { DesignChange } from './queries';
import { useDraft } from './useDraft';
import styles from './Design.module.css';

interface Props {
  dataset: Dataset;
  design: LabelDesign;
  onChange: (change: DesignChange) => void;
}

/** The classes with what they mean: what an annotator reads and sees beside the image. */
export function ClassesPanel({ dataset, design: { classes }, onChange }: Props) {
  return (
    <Panel title="Classes" note="Say what must be seen, and what does not count. Show a clear example and a hard one.">
      <ul className={styles.classes} aria-label="Classes">
        {classes.map((each) => (
          <li key={each.name}>
            <ClassCard
              dataset={dataset}
              definition={each}
              names={classes.map(({ name }) => name)}
              onChange={(next) =>
                onChange(({ classes: now }) => ({
                  classes: now.map((other) => (other.name === each.name ? { ...other, ...next(other) } : other)),
                }))
              }
              onRemove={() =>
                onChange(({ classes: now }) => ({ classes: now.filter((other) => other.name !== each.name) }))
              }
            />
          </li>
        ))}
      </ul>
      <NewClass
        names={classes.map(({ name }) => name)}
        onAdd={(name) =>
          onChange(({ classes: now }) => ({
            classes: [...now, { name, definition: '', examples: [], counter_examples: [] }],
          }))
        }
      />
    </Panel>
  );
}

interface CardProps {
  dataset: Dataset;
  definition: DesignClass;
  names: readonly string[];
  onChange: (change: (now: DesignClass) => Partial<DesignClass>) => void;
  onRemove: () => void;
}

type Kind = 'examples' | 'counter_examples';

function ClassCard({ dataset, definition, names, onChange, onRemove }: CardProps) {
  const rename = useRenameClass(dataset.name);
  const [picking, setPicking] = useState<Kind | null>(null);
  const { name, examples, counter_examples: counters } = definition;
  const title = useDraft(name, (to) => {
    if (to !== '' && !names.includes(to)) rename.mutate({ from: name, to });
  });
  const text = useDraft(definition.definition, (next) => onChange(() => ({ definition: next })));
  const toggle = (kind: Kind, hash: string) =>
    onChange((now) => ({
      [kind]: now[kind].includes(hash) ? now[kind].filter((each) => each !== hash) : [...now[kind], hash],
    }));
  return (
    <article className={styles.class} aria-label={name}>
      <div className={styles.classHead}>
        <TextInput aria-label={`Name of ${name}`} dir="auto" {...title} />
        <Button variant="subtle" onClick={onRemove} aria-label={`Remove ${name}`}>
          Remove
        </Button>
      </div>
      <Textarea
        aria-label={`Definition of ${name}`}
        placeholder="What must be seen, and what does not count"
        dir="auto"
        autosize
        minRows={2}
        {...text}
      />
      <div className={styles.shown}>
        <ExampleImages
          dataset={dataset.name}
          title="Shows it"
          of={name}
          images={examples}
          onAdd={() => setPicking('examples')}
          onRemove={(hash) => toggle('examples', hash)}
        />
        <ExampleImages
          dataset={dataset.name}
          title="Looks like it, and is not"
          of={name}
          counter
          images={counters}
          onAdd={() => setPicking('counter_examples')}
          onRemove={(hash) => toggle('counter_examples', hash)}
        />
      </div>
      {rename.error && <ProblemNote error={rename.error} />}
      {picking && (
        <ExamplePicker
          dataset={dataset}
          of={name}
          counter={picking === 'counter_examples'}
          chosen={definition[picking]}
          onToggle={(hash) => toggle(picking, hash)}
          onClose={() => setPicking(null)}
        />
      )}
    </article>
  );
}

function NewClass({ names, onAdd }: { names: readonly string[]; onAdd: (name: string) => void }) {
  const [name, setName] = useState('');
  const taken = names.includes(name.trim());
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (name.trim() === '' || taken) return;
    onAdd(name.trim());
    setName('');
  }
  return (
    <form className={styles.row} onSubmit={submit} aria-label="Add a class">
      <TextInput
        aria-label="Name of the new class"
        placeholder="another class"
        dir="auto"
        value={name}
        error={taken && 'There is such a class.'}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={name.trim() === '' || taken}>
        Add a class
      </Button>
    </form>
  );
}
