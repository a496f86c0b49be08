import type { AccuracyReport, Figure } from '../../api/types';
import { IntervalText } from '../../components/Interval';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { Verdict } from '../../components/Verdict';
import type { VerdictTone } from '../../components/Verdict';
import { count, interval, percent, plural } from '../../format';
import styles from './Accuracy.module.css';

interface Props {
  report: AccuracyReport;
  /** What the version had when it was evaluated. */
  evaluated: Figure | null;
}

type Level = NonNullable<AccuracyReport['estimated']>['trust']['level'];

const TRUST: Record<Level, readonly [Tone, string]> = {
  TRUSTED: ['good', 'trusted'],
  UNKNOWN: ['plain', 'trust not known'],
  NOT_TRUSTED: ['bad', 'not trusted'],
};

/** How right the version is in a sentence, then what that rests on. */
export function AccuracyVerdict({ report, evaluated }: Props) {
  const { known, estimated, error_rate: errors, truth, window } = report;
  return (
    <Verdict
      tone={tone(report)}
      title={title(report)}
      facts={[
        ['Known from labels', known ? <IntervalText key="k" figure={known.accuracy} /> : 'no labels'],
        ['Estimated without labels', <Estimate key="e" estimated={estimated} />],
        ['In its evaluation', <IntervalText key="v" figure={evaluated} />],
        ['Predictions', count(window.predictions)],
        ['Labels', known ? `${count(known.sample.labels)} of these` : count(truth.joined)],
      ]}
    >
      <p>{report.verdict}</p>
      {estimated?.trust.level === 'TRUSTED' && <p className="quiet small">{estimated.trust.reason}</p>}
      {known && known.sample.choice !== 'ALL' && (
        <p className="quiet small">
          However often you look, accuracy lies within {interval(known.every_look.low, known.every_look.high)}. The
          labels alone, without the predictions, would give {interval(known.labels_alone.low, known.labels_alone.high)}.
        </p>
      )}
      {errors && errors.state !== 'NO_LABELS' && (
        <p className="quiet small">
          {plural(errors.wrong, 'wrong prediction')} among {plural(errors.labels, 'label')};{' '}
          {errors.state === 'RISEN' ? 'errors have risen' : 'errors are not shown to have risen'} against{' '}
          {percent(errors.evaluated.value)} in the evaluation. A rise is stated wrongly for at most{' '}
          {percent(errors.false_alarm)} of versions, however often you look.
        </p>
      )}
      {truth.waiting + truth.conflicting > 0 && (
        <p className="quiet small">
          {plural(truth.waiting, 'label')} wait for their predictions, {count(truth.conflicting)} contradict earlier
          ones.
          {truth.ambiguous > 0 &&
            ` ${count(truth.ambiguous)} of those that wait have a request id that stands for several predictions.`}
        </p>
      )}
    </Verdict>
  );
}

function Estimate({ estimated }: Pick<AccuracyReport, 'estimated'>) {
  if (!estimated) return 'none';
  const [trustTone, words] = TRUST[estimated.trust.level];
  return (
    <span className={styles.estimate}>
      <IntervalText figure={estimated.accuracy} /> <Tag tone={trustTone}>{words}</Tag>
    </span>
  );
}

function tone({ error_rate: errors, estimated, known }: AccuracyReport): VerdictTone {
  if (errors?.state === 'RISEN') return 'bad';
  if (known) return 'good';
  if (!estimated) return 'plain';
  return estimated.trust.level === 'NOT_TRUSTED' ? 'warn' : 'good';
}

function title({ error_rate: errors, estimated, known, window }: AccuracyReport): string {
  if (window.predictions === 0) return 'No predictions in this time';
  if (errors?.state === 'RISEN') return 'Errors have risen';
  if (known) return `Accuracy is ${percent(known.accuracy.value)}`;
  if (!estimated) return 'Accuracy is not known';
  return estimated.trust.level === 'NOT_TRUSTED'
    ? 'Accuracy is not known: the estimate is not to be trusted'
    : `Accuracy is about ${percent(estimated.accuracy.value)}`;
}
