import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isOpen } from './quantizationJobs';
import type { Model } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { VersionMark } from '../../components/VersionMark';
import { Timestamp } from '../../components/Timestamp';
import { addressOf, quantizationName } from './quantizations';
import type { Quantization } from './quantizations';
import styles from './QuantizationSection.module.css';

interface Props {
  model: Model;
  quantizations: readonly Quantization[];
  chosen: Quantization | undefined;
  /** Whether earlier ones may still come. */
  reading: boolean;
}

/** All quantizations of a model, each a link to its outcome. */
export function QuantizationList({ model, quantizations, chosen, reading }: Props) {
  if (quantizations.length === 0) {
    return (
      <Panel title="Quantizations">
        <p className="quiet">
          {reading
            ? 'Loading earlier quantizations …'
            : `No version of ${model.name} is quantized yet. Each quantization appears here with its new version and evidence, or with the reason for refusal.`}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Quantizations" note="The server keeps the last 500 jobs. Versions are kept until you delete them.">
      <ul aria-label="Quantizations" className={styles.list}>
        {quantizations.map((quantization) => (
          <li key={quantization.job?.id ?? quantization.registered}>
            <QuantizationRow quantization={quantization} current={quantization === chosen} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const tones: Record<Quantization['state'], Tone> = {
  queued: 'plain',
  running: 'data',
  registered: 'good',
  refused: 'spot',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'bad',
};

function QuantizationRow({ quantization, current }: { quantization: Quantization; current: boolean }) {
  return (
    <RowLink quantization={quantization} current={current}>
      <span>
        <Tag tone={tones[quantization.state]}>{quantization.state}</Tag>
      </span>
      <span>
        {quantizationName(quantization)}{' '}
        {quantization.registered != null && (
          <span className={styles.made}>
            → <VersionMark version={quantization.registered} word />
          </span>
        )}
      </span>
      <Timestamp at={quantization.at} />
    </RowLink>
  );
}

/** There is nothing to see yet of what is running. */
function RowLink({
  quantization,
  current,
  children,
}: {
  quantization: Quantization;
  current: boolean;
  children: ReactNode;
}) {
  if (isOpen(quantization)) return <div className={styles.item}>{children}</div>;
  return (
    <Link to={addressOf(quantization)} replace className={styles.item} aria-current={current || undefined}>
      {children}
    </Link>
  );
}
