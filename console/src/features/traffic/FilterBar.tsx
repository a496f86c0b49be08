import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Model } from '../../api/types';
import { plural } from '../../format';
import { DAYS, isTag } from './filters';
import type { TrafficFilter } from './filters';
import styles from './Traffic.module.css';

/** Up to this many labels are chosen from a list; more are typed. */
const LISTED = 200;

interface Props {
  model: Model;
  filter: TrafficFilter;
  onFilter: (filter: TrafficFilter) => void;
}

/** What of the traffic is shown. What is chosen counts at once; what is typed, when it is sent. */
export function FilterBar({ model, filter, onFilter }: Props) {
  const [client, setClient] = useState(filter.client);
  const [tag, setTag] = useState(filter.tag);
  const typed = client !== filter.client || tag !== filter.tag;
  const isFiltered = [filter.version, filter.label, filter.client, filter.tag].some((text) => text !== '');
  return (
    <form
      className={styles.filter}
      role="search"
      aria-label="Filter of the traffic"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTag(tag.trim())) onFilter({ ...filter, client: client.trim(), tag: tag.trim() });
      }}
    >
      <SegmentedControl
        className={styles.days}
        aria-label="Time shown"
        data={DAYS.map((days) => ({ value: String(days), label: plural(days, 'day') }))}
        value={String(filter.days)}
        onChange={(value) => onFilter({ ...filter, days: Number(value) })}
      />
      <NativeSelect
        label="Version"
        value={filter.version}
        onChange={(event) => onFilter({ ...filter, version: event.currentTarget.value })}
        data={[
          { value: '', label: 'all' },
          ...model.versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` })),
        ]}
      />
      {model.labels.length > 0 && model.labels.length <= LISTED && (
        <NativeSelect
          label="Label"
          value={filter.label}
          onChange={(event) => onFilter({ ...filter, label: event.currentTarget.value })}
          data={[{ value: '', label: 'all' }, ...model.labels.map((label) => ({ value: label, label }))]}
        />
      )}
      <TextInput
        label="API key"
        placeholder="its name"
        value={client}
        onChange={(event) => setClient(event.currentTarget.value)}
      />
      <TextInput
        label="Tag"
        placeholder="e.g. line=3"
        value={tag}
        onChange={(event) => setTag(event.currentTarget.value)}
        error={!isTag(tag.trim()) && 'Write it as NAME=VALUE.'}
      />
      <div className={styles.buttons}>
        {typed && <Button type="submit">Filter</Button>}
        {isFiltered && (
          <Button variant="subtle" onClick={() => onFilter({ ...filter, version: '', label: '', client: '', tag: '' })}>
            Show all
          </Button>
        )}
      </div>
    </form>
  );
}
