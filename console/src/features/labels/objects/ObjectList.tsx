import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, SubmitEvent } from 'react';
import type { AnnotatedObject, Flag } from '../../../api/datasets';
import { colorOf } from '../../predict/objects';
import { placeOf } from './words';
import styles from './Objects.module.css';

interface Props {
  objects: readonly AnnotatedObject[];
  selected: number | null;
  /** Whether the attributes of the selected object are shown. */
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onSelect: (index: number | null) => void;
  onChange: (index: number, object: AnnotatedObject) => void;
  onRemove: (index: number) => void;
}

/** The objects by name and place; the selected one with its attributes. */
export function ObjectList({ objects, selected, editing, onEdit, onSelect, onChange, onRemove }: Props) {
  const object = selected === null ? undefined : objects[selected];
  return (
    <div className={styles.objects}>
      <ol aria-label="Objects" className={styles.list}>
        {objects.map((each, index) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === selected}
              onClick={() => onSelect(index === selected ? null : index)}
            >
              <span className={styles.dot} style={{ '--mark': colorOf(each.class) } as CSSProperties} />
              <span dir="auto">{each.class}</span> <span className="quiet">{placeOf(each)}</span>
            </button>
            <button
              type="button"
              aria-label={`Remove ${each.class}, object ${index + 1}`}
              onClick={() => onRemove(index)}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
      {object && selected !== null && (
        <Attributes
          key={selected}
          object={object}
          open={editing}
          onOpen={onEdit}
          onChange={(next) => onChange(selected, next)}
        />
      )}
    </div>
  );
}

const FLAGS: readonly (readonly [flag: Flag, words: string])[] = [
  ['occluded', 'partly covered'],
  ['truncated', 'cut off by the edge'],
  ['difficult', 'hard to recognise'],
  ['crowd', 'many at once'],
];

interface AttributesProps {
  object: AnnotatedObject;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (object: AnnotatedObject) => void;
}

/** Opened by a key, they take the focus; Escape gives it back to the image. */
function Attributes({ object, open, onOpen, onChange }: AttributesProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const flags = object.flags ?? [];
  const attributes = object.attributes ?? {};

  function add(event: SubmitEvent) {
    event.preventDefault();
    if (name.trim() === '') return;
    onChange({ ...object, attributes: { ...attributes, [name.trim()]: value.trim() } });
    setName('');
    setValue('');
  }

  useEffect(() => {
    if (open) details.current?.querySelector('input')?.focus();
  }, [open]);

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape in any of its fields
    <details
      ref={details}
      className={styles.attributes}
      open={open || flags.length > 0 || Object.keys(attributes).length > 0}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        (event.target as HTMLElement).blur();
        onOpen(false);
      }}
    >
      <summary>Attributes</summary>
      <div className={styles.flags}>
        {FLAGS.map(([flag, words]) => (
          <label key={flag}>
            <input
              type="checkbox"
              checked={flags.includes(flag)}
              onChange={({ currentTarget: { checked } }) =>
                onChange({ ...object, flags: checked ? [...flags, flag] : flags.filter((each) => each !== flag) })
              }
            />
            {words}
          </label>
        ))}
      </div>
      <ul className={styles.values}>
        {Object.entries(attributes).map(([key, text]) => (
          <li key={key}>
            <span>
              {key} = {text}
            </span>
            <button
              type="button"
              aria-label={`Remove ${key}`}
              onClick={() =>
                onChange({
                  ...object,
                  attributes: Object.fromEntries(Object.entries(attributes).filter(([each]) => each !== key)),
                })
              }
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={add} className={styles.pair}>
        <TextInput
          aria-label="Attribute"
          placeholder="colour"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          aria-label="Value"
          placeholder="red"
          value={value}
          onChange={(e) => setValue(e.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={name.trim() === ''}>
          Add
        </Button>
      </form>
    </details>
  );
}
