import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ProblemError } from '../../api/client';
import type { Model } from '../../api/types';
import { ProblemNote } from '../../components/ProblemNote';
import { Tag } from '../../components/Tag';
import { significant } from '../../format';
import styles from './QuantizationOutcome.module.css';
import { quantizationName, failureOf, precisionName } from './quantizations';
import type { Quantization } from './quantizations';
import { canBePromoted, PromoteDialog } from '../versions/PromoteDialog';
import { useReport } from './useReport';

interface Props {
  model: Model;
  quantization: Quantization;
  onNotice: (notice: string) => void;
}

/** The outcome of one quantization: a version, the reason for refusal, or the failure. */
export function QuantizationOutcome({ model, quantization, onNotice }: Props) {
  const { state, registered, job } = quantization;
  if (registered != null)
    return <Registered model={model} quantization={quantization} number={registered} onNotice={onNotice} />;
  if (state === 'failed') return <Failed message={job?.message ?? ''} />;
  return (
    <section className={styles.result} data-tone="refused" aria-label="Outcome">
      <h2>No version is registered</h2>
      <p className={styles.reason}>{job?.message ?? `The job was ${state}.`}</p>
      <p className={styles.aside}>Version {quantization.original} is unchanged.</p>
    </section>
  );
}

function Registered({ model, quantization, number, onNotice }: Props & { number: number }) {
  const [promoting, setPromoting] = useState(false);
  const { report } = useReport(model.name, quantization);
  const version = model.versions.find((each) => each.version === number);
  return (
    <section className={styles.result} data-tone="registered" aria-label="Outcome">
      <h2>
        Version {number} is registered{' '}
        {version?.aliases.map((alias) => (
          <Tag key={alias} tone={alias === 'production' ? 'ink' : 'plain'}>
            {alias}
          </Tag>
        ))}
      </h2>
      <p className={styles.reason}>
        {report &&
          `${quantization.original == null ? 'The original' : `Version ${quantization.original}`} as ${precisionName(report.precision)}: ${significant(report.bytes.quantized / report.bytes.original)}× the size, ${significant(report.speed_up.ratio.value)}× as fast. ${report.judgement.sentence}`}
      </p>
      {version && version.note !== quantizationName(quantization) && <p className={styles.aside}>{version.note}</p>}
      <div className={styles.actions}>
        {version && canBePromoted(model, version) && (
          <Button onClick={() => setPromoting(true)}>Promote version {number}</Button>
        )}
        <Button
          component={Link}
          to={`/models/${encodeURIComponent(model.name)}/versions?version=${number}`}
          variant="default"
        >
          Details of version {number}
        </Button>
      </div>
      {promoting && (
        <PromoteDialog model={model} version={number} onNotice={onNotice} onClose={() => setPromoting(false)} />
      )}
    </section>
  );
}

function Failed({ message }: { message: string }) {
  const problem = { type: '', title: 'The quantization failed', status: 0, request_id: '', ...failureOf(message) };
  return <ProblemNote error={new ProblemError(problem)} />;
}
