import { NativeSelect, SegmentedControl } from '@mantine/core';
import styles from './VersionChoice.module.css';

/** More versions than this do not fit side by side. */
const SIDE_BY_SIDE = 4;

interface Props {
  versions: readonly number[];
  version: number;
  onChoose: (version: number) => void;
}

/** Which version a page is about; nothing where there is no choice. */
export function VersionChoice({ versions, version, onChoose }: Props) {
  if (versions.length < 2) return null;
  const data = [...versions].sort((a, b) => a - b).map((each) => ({ value: String(each), label: `Version ${each}` }));
  if (versions.length > SIDE_BY_SIDE)
    return (
      <NativeSelect
        className={styles.select}
        label="Version"
        value={String(version)}
        data={data}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      />
    );
  return (
    <div>
      <SegmentedControl
        aria-label="Version"
        value={String(version)}
        data={data}
        onChange={(value) => onChoose(Number(value))}
      />
    </div>
  );
}
