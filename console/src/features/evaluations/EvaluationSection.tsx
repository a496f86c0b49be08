import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useEvaluation, useEvaluations } from './queries';
import { useVersion } from '../versions/queries';
import type { ClassEvaluation, Evaluation, Figure, Model, Version } from '../../api/types';
import { ConfusionMatrix, FEW_CLASSES, MAX_CLASSES, MostFrequentConfusions } from '../../charts/ConfusionMatrix';
import { ShareBars } from '../../charts/ShareBars';
import { KeyFigures } from '../../components/Facts';
import { FigureCell, FigureTitle } from '../../components/FigureCell';
import { axisStart, IntervalText } from '../../components/Interval';
import { Panel } from '../../components/Panel';
import { Loading } from '../../components/Loading';
import { Table } from '../../components/Table';
import { count, percent, plural, significant } from '../../format';
import { ComparisonPanel } from './ComparisonPanel';
import { DetectionSection } from './DetectionSection';
import { EvaluationImages } from './EvaluationImages';
import type { Selection } from './EvaluationImages';
import { registrationRun, runName } from './evaluationRuns';
import styles from './EvaluationSection.module.css';
import { VerdictPanel } from './VerdictPanel';

/** The metrics of a version on test images. */
export function EvaluationSection({ model }: { model: Model }) {
  const [params, setParams] = useSearchParams();
  const wanted = Number(params.get('version'));
  const number = model.versions.some((each) => each.version === wanted) ? wanted : (model.production ?? model.latest);
  const against = Number(params.get('against'));
  const version = useVersion(model.name, number);
  return (
    <div className={styles.section}>
      <NativeSelect
        className={styles.choice}
        label="Version"
        value={String(number)}
        onChange={(event) => setParams({ version: event.currentTarget.value }, { replace: true })}
        data={model.versions.map((each) => ({
          value: String(each.version),
          label: `Version ${each.version}${each.aliases.length > 0 ? `, ${each.aliases.join(', ')}` : ''}`,
        }))}
      />
      {!version.data ? (
        <Loading error={version.error} what="the evaluation" />
      ) : (
        <Evaluations
          key={`${model.name} ${version.data.version}`}
          model={model}
          version={version.data}
          against={model.versions.some((each) => each.version === against && against !== number) ? against : null}
          onAgainst={(other) =>
            setParams({ version: String(number), ...(other != null && { against: String(other) }) }, { replace: true })
          }
        />
      )}
    </div>
  );
}

/** The choice where the evaluation at registration kept no images. */
const REGISTRATION = 'registration';

interface EvaluationsProps {
  model: Model;
  version: Version;
  /** The version that this one is compared with, if there is one. */
  against: number | null;
  onAgainst: (version: number | null) => void;
}

/** The evaluations of a version: the one it was registered with, and those made since. */
function Evaluations({ model, version, against, onAgainst }: EvaluationsProps) {
  const { name } = model;
  const [chosen, choose] = useState<string | null>(null);
  const [selection, select] = useState<Selection | null>(null);
  const runs = useEvaluations(name, version.version).data?.evaluations ?? [];
  const first = registrationRun(runs);
  const known = version.evaluation != null && !first;
  const wanted = chosen ?? (known ? REGISTRATION : (first ?? runs[0])?.id);
  const run = runs.find((each) => each.id === wanted);
  const report = useEvaluation(name, version.version, run?.id);
  const evaluation = run ? (report.data?.classification ?? null) : version.evaluation;
  // an evaluation of a multi-task version is of one task, and knows its labels
  const labels = version.tasks.length > 0 ? evaluation?.classes.map(({ label }) => label) : version.labels;
  const choices = [
    ...(known ? [{ value: REGISTRATION, label: 'At registration, without images' }] : []),
    ...runs.map((each) => ({ value: each.id, label: runName(each) })),
  ];
  return (
    <>
      {choices.length > 1 && (
        <NativeSelect
          className={styles.choice}
          label="Evaluation"
          value={wanted ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
          data={choices}
        />
      )}
      {evaluation ? (
        <Report labels={labels ?? version.labels} evaluation={evaluation} onSelect={run && select} />
      ) : run && !report.data ? (
        <Loading error={report.error} what="the report" />
      ) : report.data?.detection ? (
        <DetectionSection report={report.data.detection} onSelect={select} />
      ) : (
        <p className="quiet">{run?.headline ?? `Version ${version.version} was registered without an evaluation.`}</p>
      )}
      {run && (evaluation ?? report.data?.detection) && <ComparisonPanel {...{ model, run, against, onAgainst }} />}
      {run && selection && <EvaluationImages run={run} selection={selection} onClose={() => select(null)} />}
    </>
  );
}

interface ReportProps {
  labels: readonly string[];
  evaluation: Evaluation;
  /** Opens the images of a class or a cell, where they are kept. */
  onSelect?: ((selection: Selection) => void) | undefined;
}

function Report({ labels, evaluation, onSelect }: ReportProps) {
  const { accuracy, macro, calibration, verdict } = evaluation;
  const matrix = {
    labels,
    counts: evaluation.confusion,
    onCell: onSelect && ((truth: string, predicted: string) => onSelect({ truth, predicted })),
  };
  return (
    <>
      <VerdictPanel verdict={verdict} />
      <KeyFigures
        facts={[
          ['Balanced accuracy', <IntervalText key="b" figure={verdict.balanced_accuracy} />],
          ['Accuracy', <IntervalText key="a" figure={accuracy} />],
          [`Share of “${verdict.majority.label}”`, percent(verdict.majority.share)],
          ['Macro F1', percent(macro.f1)],
          ['Images', count(evaluation.images)],
        ]}
      />
      <Panel
        title="Classes"
        aside={<span className="quiet small">{plural(evaluation.classes.length, 'class', 'classes')}</span>}
        note="The dot is the measured value, the bar its 95 % interval."
      >
        <Classes classes={evaluation.classes} onSelect={onSelect} />
      </Panel>
      {labels.length > FEW_CLASSES && labels.length <= MAX_CLASSES && (
        <MatrixPanel>
          <ConfusionMatrix {...matrix} />
        </MatrixPanel>
      )}
      <div className={styles.pair}>
        {labels.length <= FEW_CLASSES ? (
          <MatrixPanel>
            <ConfusionMatrix {...matrix} />
          </MatrixPanel>
        ) : (
          <Panel title="Most frequent confusions" aside={<span className="quiet small">images of the true class</span>}>
            <MostFrequentConfusions {...matrix} />
          </Panel>
        )}
        <CalibrationPanel calibration={calibration} />
      </div>
    </>
  );
}

function MatrixPanel({ children }: { children: ReactNode }) {
  return (
    <Panel title="Confusion matrix" aside={<span className="quiet small">images</span>}>
      {children}
    </Panel>
  );
}

function CalibrationPanel({ calibration }: Pick<Evaluation, 'calibration'>) {
  const worst = Math.max(calibration.before, calibration.after, 1e-9);
  const unscaled = calibration.temperature === 1;
  const outcome = unscaled
    ? 'Temperature scaling does not improve it and is not used.'
    : `Before and after scaling by temperature ${significant(calibration.temperature)}.`;
  return (
    <Panel
      title="Calibration"
      note={`Expected calibration error: how far confidence is from the share of correct predictions, on average. ${outcome}`}
    >
      <ShareBars
        label="Expected calibration error"
        shares={[
          {
            label: 'Error before',
            share: calibration.before / worst,
            text: percent(calibration.before),
            color: 'var(--line-strong)',
          },
          {
            label: unscaled ? 'Error if scaled' : 'Error after',
            share: calibration.after / worst,
            text: percent(calibration.after),
          },
        ]}
      />
    </Panel>
  );
}

interface ClassesProps extends Pick<ReportProps, 'onSelect'> {
  classes: readonly ClassEvaluation[];
}

function Classes({ classes, onSelect }: ClassesProps) {
  const from = axisStart(
    classes.flatMap((each) => [each.precision, each.recall, each.f1].flatMap((figure) => figure ?? [])),
  );
  return (
    <Table
      label="Table of classes"
      rows={classes}
      keyOf={(each) => each.label}
      testId="classes"
      columns={[
        {
          title: 'Class',
          cell: ({ label }) =>
            onSelect ? (
              <button type="button" className={styles.open} onClick={() => onSelect({ label })}>
                {label}
              </button>
            ) : (
              label
            ),
        },
        { title: 'Images', number: true, cell: (each) => count(each.support) },
        ...(
          [
            ['Precision', (each) => each.precision],
            ['Recall', (each) => each.recall],
            ['F1', (each) => each.f1],
          ] satisfies [string, (each: ClassEvaluation) => Figure | null][]
        ).map(([name, figure]) => ({
          title: <FigureTitle name={name} from={from} />,
          cell: (each: ClassEvaluation) => <FigureCell figure={figure(each)} from={from} />,
        })),
      ]}
    />
  );
}
