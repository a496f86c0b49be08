import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Link, useParams } from 'react-router';
import type { AnnotationRow, Item } from '../../api/datasets';
import { imagePath } from '../../api/datasets';
import type { Fact } from '../../components/Facts';
import { Facts } from '../../components/Facts';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { Tag } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { dayAndTime, milliseconds, shortHash } from '../../format';
import { useTitle } from '../../hooks';
import { AnnotatedImage } from './AnnotatedImage';
import { valueWords } from './annotationWords';
import { SoftLabelPanel } from './SoftLabelPanel';
import { useChangeItems, useItem } from './queries';
import frame from '../../components/Page.module.css';
import styles from './DatasetPage.module.css';

/** One image of a data set: what was said about it, by whom, and which models learned from it. */
export function ItemPage() {
  const { name = '', hash = '' } = useParams();
  const found = useItem(name, hash);
  useTitle(`Image ${shortHash(hash)}`);
  if (!found.data) return <Loading error={found.error} what="the image" />;
  const { item, annotations, models, soft_label: soft } = found.data;
  const value = item.annotation?.value;
  return (
    <div className={frame.page}>
      <header>
        <p className="quiet">
          <Link to={`/datasets/${encodeURIComponent(name)}`}>{name}</Link>
        </p>
        <h1>Image {shortHash(hash)}</h1>
      </header>
      <div className={styles.columns}>
        <div className={styles.image}>
          <AnnotatedImage
            path={imagePath(name, hash)}
            alt={`Image ${shortHash(hash)}: ${valueWords(value)}`}
            value={value}
            width={item.image.width}
            height={item.image.height}
          />
        </div>
        <div className={styles.section}>
          <Panel title="Image">
            <Facts facts={factsOf(item)} />
          </Panel>
          {soft && <SoftLabelPanel label={soft} />}
          <TagsPanel dataset={name} item={item} />
          <Panel title="Models that learned from it">
            {models.length === 0 ? (
              <p className="quiet">None of the registered models.</p>
            ) : (
              <ul>
                {models.map((model) => (
                  <li key={model}>
                    <Link to={`/models/${encodeURIComponent(model.split(':')[0] ?? model)}`}>{model}</Link>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
      <Panel title="Annotations" note="Nothing is overwritten: a change is a new row.">
        <Annotations rows={annotations} />
      </Panel>
    </div>
  );
}

const factsOf = (item: Item): Fact[] => [
  ['Label', valueWords(item.annotation?.value)],
  ['Size', `${item.image.width} × ${item.image.height}, ${item.image.format}`],
  ['Split', item.split],
  ['Group', item.group ?? 'none'],
  ['Source', item.image.source],
  ['Added', dayAndTime(item.added_at)],
  ['Hash', <code key="h">{item.image.hash}</code>],
];

function Annotations({ rows }: { rows: readonly AnnotationRow[] }) {
  if (rows.length === 0) return <p className="quiet">Nobody has labelled this image yet.</p>;
  return (
    <div className={styles.scroll} role="region" aria-label="Table of annotations" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Annotator</th>
            <th>Label</th>
            <th>When</th>
            <th className="number">Took</th>
            <th>Suggested by</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{row.annotator}</td>
              <td dir="auto">{valueWords(row.value)}</td>
              <td>
                <Timestamp at={row.created_at} />
              </td>
              <td className="number">{milliseconds(row.millis)}</td>
              <td>{row.prefill?.model ?? '–'}</td>
              <td>{row.in_force && <Tag tone="good">in force</Tag>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SPLITS = ['unassigned', 'train', 'validation', 'test'];

function TagsPanel({ dataset, item }: { dataset: string; item: Item }) {
  const change = useChangeItems(dataset);
  const [text, setText] = useState('');
  const equals = text.indexOf('=');
  const ready = equals > 0 && text.slice(equals + 1).trim() !== '';

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!ready) return;
    const tags = { [text.slice(0, equals).trim()]: text.slice(equals + 1).trim() };
    void change.mutateAsync({ hashes: [item.image.hash], tags }).then(
      () => setText(''),
      () => undefined,
    );
  }

  return (
    <Panel title="Tags">
      <div className={styles.form}>
        <ul className={styles.row}>
          {Object.entries(item.tags).map(([key, value]) => (
            <li key={key}>
              <Tag>
                {key}={value}
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={`Remove ${key}`}
                  onClick={() => change.mutate({ hashes: [item.image.hash], tags: { [key]: null } })}
                >
                  ×
                </button>
              </Tag>
            </li>
          ))}
        </ul>
        <form onSubmit={submit} className={styles.row}>
          <TextInput
            label="New tag"
            placeholder="camera=3"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
          <Button type="submit" variant="default" disabled={!ready}>
            Add
          </Button>
        </form>
        <NativeSelect
          label="Split"
          value={item.split}
          onChange={(event) => change.mutate({ hashes: [item.image.hash], split: event.currentTarget.value })}
          data={SPLITS}
        />
        {change.error && <ProblemNote error={change.error} />}
      </div>
    </Panel>
  );
}
