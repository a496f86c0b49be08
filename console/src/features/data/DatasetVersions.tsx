import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Dataset, DatasetVersion, VersionDiff } from '../../api/datasets';
import { KeyFigures } from '../../components/Facts';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { Timestamp } from '../../components/Timestamp';
import { count, dayAndTime } from '../../format';
import { useCommit, useDiff, useVersions } from './queries';
import styles from './DatasetPage.module.css';

/** Immutable versions, named by the hash of their content, and what changed between two of them. */
export function DatasetVersions({ dataset }: { dataset: Dataset }) {
  const versions = useVersions(dataset.name);
  if (!versions.data) return <Loading error={versions.error} what="the versions" />;
  const list = versions.data.versions;
  return (
    <div className={styles.section}>
      <CommitPanel name={dataset.name} />
      <Panel title="Versions">
        {list.length === 0 ? (
          <p className="quiet">No version yet. Commit one to name what there is now.</p>
        ) : (
          <div className={styles.scroll} role="region" aria-label="Table of versions" tabIndex={0}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th>Version</th>
                  <th>Message</th>
                  <th>When</th>
                  <th className="number">Images</th>
                  <th className="number">Labelled</th>
                </tr>
              </thead>
              <tbody>
                {list.map((version) => (
                  <tr key={version.id}>
                    <td>
                      <code title={version.id}>{version.id.slice(0, 12)}</code>
                    </td>
                    <td>{version.message}</td>
                    <td>
                      <Timestamp at={version.created_at} />
                    </td>
                    <td className="number">{count(version.items)}</td>
                    <td className="number">{count(version.labelled)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      {list.length > 1 && <DiffPanel name={dataset.name} versions={list} />}
    </div>
  );
}

function CommitPanel({ name }: { name: string }) {
  const commit = useCommit(name);
  const [message, setMessage] = useState('');

  function submit(event: SubmitEvent) {
    event.preventDefault();
    void commit.mutateAsync(message.trim()).then(
      () => setMessage(''),
      () => undefined,
    );
  }

  return (
    <Panel title="Commit a version" note="Equal content has the same version, wherever it is committed.">
      <form onSubmit={submit} className={styles.row}>
        <TextInput
          label="Message"
          placeholder="after the second camera"
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
          maxLength={500}
        />
        <Button type="submit" disabled={commit.isPending}>
          Commit
        </Button>
        <span role="status" className="quiet">
          {commit.data && `Version ${commit.data.id.slice(0, 12)}.`}
        </span>
      </form>
      {commit.error && <ProblemNote error={commit.error} />}
    </Panel>
  );
}

function DiffPanel({ name, versions }: { name: string; versions: readonly DatasetVersion[] }) {
  const [from, setFrom] = useState(versions[1]?.id ?? '');
  const [to, setTo] = useState(versions[0]?.id ?? '');
  const diff = useDiff(name, from, to);
  const choices = versions.map(({ id, number, created_at: at }) => ({
    value: id,
    label: `${number}: ${id.slice(0, 12)}, ${dayAndTime(at)}`,
  }));
  return (
    <Panel title="Difference">
      <div className={styles.section}>
        <div className={styles.row}>
          <NativeSelect label="From" value={from} onChange={(e) => setFrom(e.currentTarget.value)} data={choices} />
          <NativeSelect label="To" value={to} onChange={(e) => setTo(e.currentTarget.value)} data={choices} />
        </div>
        {from === to ? (
          <p className="quiet">Choose two different versions.</p>
        ) : !diff.data ? (
          <Loading error={diff.error} what="the difference" />
        ) : (
          <>
            <KeyFigures facts={KINDS.map(([kind, words]) => [words, count(diff.data.counts[kind] ?? 0)])} />
            <ClassDiff classes={diff.data.classes} />
          </>
        )}
      </div>
    </Panel>
  );
}

/** What can differ between two versions, as the server calls it. */
const KINDS = [
  ['added', 'Added'],
  ['removed', 'Removed'],
  ['relabelled', 'Relabelled'],
  ['moved', 'Moved between splits'],
  ['retagged', 'Retagged'],
] as const;

function ClassDiff({ classes }: Pick<VersionDiff, 'classes'>) {
  const rows = Object.entries(classes);
  if (rows.length === 0) return <p className="quiet">Equal in every class.</p>;
  return (
    <div className={styles.scroll} role="region" aria-label="Difference per class" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Class</th>
            {KINDS.map(([kind, words]) => (
              <th key={kind} className="number">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, counts]) => (
            <tr key={name}>
              <td dir="auto">{name}</td>
              {KINDS.map(([kind]) => (
                <td key={kind} className="number">
                  {count(counts[kind] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
