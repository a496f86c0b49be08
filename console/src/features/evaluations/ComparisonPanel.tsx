import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useComparison, useDifferenceCounts } from './comparisons';
import type { Change } from './comparisons';
import { useEvaluations } from './queries';
import type { EvaluationComparison, EvaluationRun, Figure, Model } from '../../api/types';
import { KeyFigures } from '../../components/Facts';
import type { Fact } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Panel } from '../../components/Panel';
import { Loading } from '../../components/Loading';
import { count, percent, plural, points } from '../../format';
import styles from './ComparisonPanel.module.css';
import { DifferenceImages } from './DifferenceImages';
import { meaning } from './differences';
import { counterpart } from './evaluationRuns';

interface Props {
  model: Model;
  run: EvaluationRun;
  /** The version to compare with, if one is chosen. */
  against: number | null;
  onAgainst: (version: number | null) => void;
}

/** How a version differs from another one on the same images, and which images those are. */
export function ComparisonPanel({ model, run, against, onAgainst }: Props) {
  const others = model.versions.filter((each) => each.version !== run.version);
  if (others.length === 0) return null;
  return (
    <Panel title="Difference between versions" note="Both versions on the same images, compared image by image.">
      <NativeSelect
        className={styles.choice}
        label="Compare with"
        value={against ?? ''}
        onChange={(event) => onAgainst(Number(event.currentTarget.value) || null)}
        data={[
          { value: '', label: 'No other version' },
          ...others.map((each) => ({
            value: String(each.version),
            label: `Version ${each.version}${each.aliases.length > 0 ? `, ${each.aliases.join(', ')}` : ''}`,
          })),
        ]}
      />
      {against != null && <Against key={against} run={run} version={against} />}
    </Panel>
  );
}

function Against({ run, version }: { run: EvaluationRun; version: number }) {
  const runs = useEvaluations(run.model, version);
  const baseline = runs.data && counterpart(run, runs.data.evaluations);
  const found = useComparison(baseline, run);
  if (runs.data && !baseline)
    return (
      <p className="quiet">
        Version {version} has no evaluation that kept its images. Make one on the same images:{' '}
        <code>
          fovea compare {run.model}@{version} {run.model}@{run.version} --data FOLDER
        </code>
      </p>
    );
  if (!found.data) return <Loading error={runs.error ?? found.error} what="the comparison" />;
  return <Differences found={found.data} run={run} version={version} />;
}

interface DifferencesProps {
  found: EvaluationComparison;
  run: EvaluationRun;
  version: number;
}

const changes: readonly Change[] = ['fixed', 'broken', 'otherwise_wrong'];

function Differences({ found, run, version }: DifferencesProps) {
  const { baseline, candidate, sentence } = found;
  const [change, setChange] = useState<Change | null>(null);
  const counts = useDifferenceCounts(run.model, baseline, candidate, changes);
  const pair = {
    model: run.model,
    baseline,
    candidate,
    from: version,
    to: run.version,
    objects: found.detection != null,
  };
  const unpaired = (found.comparison ?? found.detection)?.unpaired ?? 0;
  return (
    <div className={styles.result} data-testid="comparison">
      <p className={styles.sentence}>{sentence}</p>
      <KeyFigures facts={figures(found, version, run.version)} />
      <ul className={styles.changes} aria-label="Images that differ">
        {changes.map((kind, i) => (
          <li key={kind}>
            {counts[i] === undefined ? (
              <span className="quiet">…</span>
            ) : counts[i] === 0 ? (
              <span className="quiet">no image</span>
            ) : (
              <button type="button" className={styles.open} onClick={() => setChange(kind)}>
                {plural(counts[i], 'image')}
              </button>
            )}
            <span>{meaning(kind, pair)}</span>
          </li>
        ))}
      </ul>
      {unpaired > 0 && (
        <p className="quiet small">
          {plural(unpaired, 'image')} that only one evaluation has {unpaired === 1 ? 'is' : 'are'} left out.
        </p>
      )}
      {change && <DifferenceImages pair={pair} change={change} onClose={() => setChange(null)} />}
    </div>
  );
}

function figures({ comparison, detection }: EvaluationComparison, from: number, to: number): Fact[] {
  if (comparison)
    return [
      [`Accuracy of version ${from}`, <IntervalText key="b" figure={comparison.baseline} />],
      [`Accuracy of version ${to}`, <IntervalText key="c" figure={comparison.candidate} />],
      ['Difference', <PointsText key="d" figure={comparison.difference} />],
      ['Images of both', count(comparison.images)],
    ];
  if (detection)
    return [
      [`mAP50 of version ${from}`, percent(detection.baseline)],
      [`mAP50 of version ${to}`, percent(detection.candidate)],
      ['Difference', <PointsText key="d" figure={detection.difference} />],
      ['Images of both', count(detection.images)],
    ];
  return [];
}

/** A difference of two shares in points, with its interval. */
function PointsText({ figure }: { figure: Figure }) {
  return (
    <span title="with its paired 95 % interval">
      {points(figure.value * 100)}{' '}
      <span className={styles.range}>
        {points(figure.low * 100).replace(' points', '')} to {points(figure.high * 100).replace(' points', '')}
      </span>
    </span>
  );
}
