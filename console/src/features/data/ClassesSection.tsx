import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ClassDefinition, Dataset } from '../../api/datasets';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { useDefineClasses } from './queries';
import styles from './DatasetPage.module.css';

/** The classes with what they mean: what an annotator reads beside the image. */
export function ClassesSection({ dataset }: { dataset: Dataset }) {
  const define = useDefineClasses(dataset.name);
  const [classes, setClasses] = useState<readonly ClassDefinition[]>(dataset.classes);
  const names = classes.map(({ name }) => name.trim());
  const ready = !define.isPending && names.every((name) => name !== '') && new Set(names).size === names.length;
  const change = (index: number, next: Partial<ClassDefinition>) =>
    setClasses(classes.map((each, at) => (at === index ? { ...each, ...next } : each)));

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (ready) define.mutate(classes.map((each) => ({ ...each, name: each.name.trim() })));
  }

  return (
    <Panel title="Classes" note="Definitions are shown to annotators beside the keys.">
      <form onSubmit={submit} className={styles.form} aria-label="Classes">
        {classes.map((each, index) => (
          <div key={index} className={styles.class} role="group" aria-label={`Class ${index + 1}`}>
            <TextInput
              label="Name"
              value={each.name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
              dir="auto"
            />
            <TextInput
              label="Definition"
              value={each.definition}
              onChange={(event) => change(index, { definition: event.currentTarget.value })}
              dir="auto"
            />
            <Button
              variant="subtle"
              aria-label={`Remove class ${index + 1}`}
              onClick={() => setClasses(classes.filter((_, at) => at !== index))}
            >
              ×
            </Button>
          </div>
        ))}
        <div className={styles.row}>
          <Button
            variant="default"
            onClick={() => setClasses([...classes, { name: '', definition: '', examples: [] }])}
          >
            Add a class
          </Button>
          <Button type="submit" disabled={!ready}>
            Save
          </Button>
          <span role="status" className="quiet">
            {define.isSuccess && 'Saved.'}
          </span>
        </div>
        {define.error && <ProblemNote error={define.error} />}
      </form>
    </Panel>
  );
}
