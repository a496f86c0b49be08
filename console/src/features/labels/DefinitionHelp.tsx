import { useState } from 'react';
import type { Dataset } from '../../api/datasets';
import { ExampleImages } from '../design/ExampleImages';
import { commandOf } from './queue/keys';
import { useKeys } from './queue/useKeys';
import styles from './LabelPage.module.css';

/** The question, and below it what each class means, with its examples; the key ? opens and closes that. */
export function DefinitionHelp({ dataset: { name: dataset, question, classes } }: { dataset: Dataset }) {
  const [open, setOpen] = useState(false);
  useKeys((event) => {
    if (commandOf(event) !== 'help') return false;
    setOpen(!open);
    return true;
  });
  return (
    <section className={styles.question} aria-label="Question">
      {question && (
        <p className={styles.asked} dir="auto">
          {question}
        </p>
      )}
      <button type="button" className={styles.link} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide the definitions' : 'Definitions and examples'} <kbd>?</kbd>
      </button>
      {open && (
        <ul className={styles.meanings} aria-label="Definitions">
          {classes.map(({ name, definition, examples, counter_examples: counters }) => (
            <li key={name}>
              <h2 dir="auto">{name}</h2>
              <p dir="auto" className={definition === '' ? 'quiet' : undefined}>
                {definition === '' ? 'not defined' : definition}
              </p>
              {examples.length > 0 && <ExampleImages dataset={dataset} title="Shows it" of={name} images={examples} />}
              {counters.length > 0 && (
                <ExampleImages
                  dataset={dataset}
                  title="Looks like it, and is not"
                  of={name}
                  counter
                  images={counters}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
