import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Model, VersionSummary } from '../../api/types';
import { useArchived } from './queries';
import { axisStart, IntervalBar, IntervalText } from '../../components/Interval';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { VersionMark } from '../../components/VersionMark';
import { Timestamp } from '../../components/Timestamp';
import { bytes, percentage, plural, short } from '../../format';
import { precisionName } from '../quantize/quantizations';
import { CanaryPanel } from './CanaryPanel';
import { DeleteModel } from '../models/DeleteModel';
import { canBePromoted, PromoteDialog } from './PromoteDialog';
import { RestoreDialog } from './RestoreDialog';
import { VersionActions } from './VersionActions';
import { VersionDetails } from './VersionDetails';
import styles from './VersionsSection.module.css';

interface Props {
  model: Model;
  onNotice: (notice: string) => void;
}

/** All versions, and the two levers that move traffic towards a new one. An address may name one to be open. */
export function VersionsSection({ model, onNotice }: Props) {
  const [promoting, setPromoting] = useState<number | null>(null);
  const [restoring, setRestoring] = useState<number | null>(null);
  const [withArchived, setWithArchived] = useState(false);
  const archived = useArchived(model.name, withArchived && model.archived_versions > 0).data ?? [];
  const versions = withArchived ? [...model.versions, ...archived] : model.versions;
  const wanted = Number(useSearchParams()[0].get('version'));
  const from = axisStart(versions.flatMap((each) => each.accuracy ?? []));
  return (
    <div className={styles.section}>
      <CanaryPanel
        key={`${model.canary?.version ?? 0} ${model.canary?.percent ?? 0} ${model.production ?? 0}`}
        model={model}
        onNotice={onNotice}
      />
      <div className={styles.table}>
        <div className={styles.columns} aria-hidden="true">
          <span>Version</span>
          <span>Accuracy in evaluation, with its 95 % interval</span>
          <span className="number">Parameters</span>
          <span className="number">Size</span>
          <span>Registered</span>
          <span />
        </div>
        <ul aria-label="Versions">
          {versions.map((version) => (
            <VersionRow
              key={version.version}
              model={model}
              version={version}
              from={from}
              unfolded={version.version === wanted}
              onPromote={() => setPromoting(version.version)}
              onRestore={() => setRestoring(version.version)}
              onNotice={onNotice}
            />
          ))}
        </ul>
      </div>
      <div className={styles.foot}>
        {model.archived_versions > 0 && (
          <Button variant="subtle" onClick={() => setWithArchived(!withArchived)} aria-expanded={withArchived}>
            {withArchived ? 'Hide' : 'Show'} {plural(model.archived_versions, 'archived version')}
          </Button>
        )}
        <DeleteModel model={model} />
      </div>
      {restoring != null && (
        <RestoreDialog name={model.name} version={restoring} onNotice={onNotice} onClose={() => setRestoring(null)} />
      )}
      {promoting != null && (
        <PromoteDialog model={model} version={promoting} onNotice={onNotice} onClose={() => setPromoting(null)} />
      )}
    </div>
  );
}

interface RowProps {
  model: Model;
  version: VersionSummary;
  from: number;
  unfolded: boolean;
  onPromote: () => void;
  onRestore: () => void;
  onNotice: (notice: string) => void;
}

function VersionRow({ model, version, from, unfolded, onPromote, onRestore, onNotice }: RowProps) {
  const [open, setOpen] = useState(unfolded);
  const details = `version-${version.version}-details`;
  return (
    <li
      className={styles.item}
      data-archived={version.archived || undefined}
      data-testid={`version-${version.version}`}
    >
      <div className={styles.row}>
        <div className={styles.name}>
          <span className={styles.title}>
            <VersionMark version={version.version} word />
          </span>
          <VersionTags model={model} version={version} />
        </div>
        <div className={styles.accuracy}>
          <IntervalText figure={version.accuracy} />
          {version.accuracy && <IntervalBar figure={version.accuracy} from={from} />}
        </div>
        <span className={styles.parameters}>
          {short(version.parameters)}
          <span className={styles.unit}> parameters</span>
        </span>
        <span className={styles.size}>
          {bytes(version.size_bytes)}
          {version.precision != null && <small>{precisionName(version.precision)}</small>}
        </span>
        <Timestamp at={version.created_at} className={styles.time} />
        <div className={styles.actions}>
          <Button
            variant="subtle"
            aria-expanded={open}
            aria-controls={details}
            aria-label={`Details of version ${version.version}`}
            onClick={() => setOpen(!open)}
          >
            Details <span className={styles.caret} aria-hidden="true" />
          </Button>
          {canBePromoted(model, version) && (
            <Button variant="default" aria-label={`Promote version ${version.version}`} onClick={onPromote}>
              Promote
            </Button>
          )}
          {version.archived && (
            <Button variant="default" aria-label={`Restore version ${version.version}`} onClick={onRestore}>
              Restore
            </Button>
          )}
        </div>
        {version.note && <p className={styles.note}>{version.note}</p>}
        {version.failure && <p className={styles.failure}>{version.failure}</p>}
      </div>
      <div id={details}>
        {open && (
          <VersionDetails name={model.name} version={version.version}>
            <VersionActions model={model} version={version} onNotice={onNotice} />
          </VersionDetails>
        )}
      </div>
    </li>
  );
}

const stateTones: Record<VersionSummary['state'], Tone> = {
  registered: 'plain',
  loading: 'plain',
  warming: 'plain',
  ready: 'bare',
  draining: 'plain',
  retired: 'plain',
  failed: 'bad',
};

function VersionTags({ model, version }: { model: Model; version: VersionSummary }) {
  return (
    <span className={styles.tags}>
      {version.aliases.map((alias) => (
        <Tag key={alias} tone={alias === 'production' ? 'ink' : 'plain'}>
          {alias}
        </Tag>
      ))}
      {model.canary?.version === version.version && <Tag tone="spot">canary on {percentage(model.canary.percent)}</Tag>}
      {version.archived ? <Tag>archived</Tag> : <Tag tone={stateTones[version.state]}>{version.state}</Tag>}
    </span>
  );
}
