// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { AccuracyCourse, AccuracyReport, ClassAccuracy } from '../../api/types';
import { model } from '../../samples';
import type { Responses } from '../../testing';
import { problem, show, violations } from '../../testing';
import { courseLines, courseSpan } from './AccuracyOverTime';
import { AccuracySection } from './AccuracySection';
import { planFile } from './planFile';

const figure = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 });

const oneClass = (label: string, predicted: number, more: Partial<ClassAccuracy> = {}): ClassAccuracy => ({
  label,
  predicted,
  precision: figure(0.9),
  recall: figure(0.8),
  ...more,
});

const report: AccuracyReport = {
  version: { model: 'shirts', version: 2 },
  verdict: 'Estimated accuracy without labels: 91.0 % (89.0 to 93.0).',
  window: { from: '2026-11-13T10:00:00Z', to: '2026-11-20T10:00:00Z', predictions: 5000 },
  estimated: {
    accuracy: figure(0.91),
    held_out: 500,
    trust: {
      level: 'TRUSTED',
      reason: 'The images are like the held-out ones.',
      separation: null,
      effective_images: 400,
    },
    classes: [oneClass('hole', 100), oneClass('none', 4000), oneClass('tear', 5, { recall: null })],
  },
  known: null,
  error_rate: null,
  findings: null,
  truth: { stored: 0, joined: 0, waiting: 0, repeated: 0, conflicting: 0, ambiguous: 0 },
};

const labelled: AccuracyReport = {
  ...report,
  verdict: 'Accuracy 84.0 % (80.0 to 88.0) with 100 labels.',
  known: {
    accuracy: figure(0.84),
    every_look: figure(0.84),
    labels_alone: figure(0.83),
    sample: { labels: 100, choice: 'REPORTED', caution: null },
    classes: [oneClass('hole', 100, { precision: figure(0.5) })],
  },
};

const course: AccuracyCourse = {
  version: { model: 'shirts', version: 2 },
  days: [
    { from: '2026-11-18T13:00:00Z', predictions: 10, estimated: null, known: null },
    { from: '2026-11-19T00:00:00Z', predictions: 900, estimated: figure(0.9), known: null },
    {
      from: '2026-11-20T00:00:00Z',
      predictions: 900,
      estimated: figure(0.88),
      known: { accuracy: figure(0.8), labels: 30 },
    },
  ],
};

function at(shown: AccuracyReport, more: Responses = {}, address = '/') {
  show(<AccuracySection model={model()} />, address, {
    '/models/shirts/accuracy?version=2&days=7': shown,
    '/models/shirts/accuracy/course?version=2&days=7': course,
    '/models/shirts/accuracy/plans?version=2': { plans: [] },
    ...more,
  });
}

test('says the estimate, its interval and whether to trust it', async () => {
  at(report);
  expect((await screen.findByRole('heading', { level: 2, name: /^Accuracy is about/ })).textContent).toMatch(
    /91\.0\s%/,
  );
  const verdict = screen.getByTestId('verdict');
  expect(verdict.textContent).toContain(report.verdict);
  expect(within(verdict).getByText('trusted')).toBeTruthy();
  expect(verdict.textContent).toMatch(/89\.0–93\.0\s%/);
  expect(await violations()).toEqual([]);
});

test('says first that an estimate is not to be trusted', async () => {
  const trust = { level: 'NOT_TRUSTED', reason: 'AUC 0.9.', separation: null, effective_images: 20 } as const;
  at({ ...report, estimated: report.estimated && { ...report.estimated, trust } });
  expect(await screen.findByRole('heading', { name: /the estimate is not to be trusted/ })).toBeTruthy();
  expect(screen.getByText('not trusted')).toBeTruthy();
});

test('puts what is known from labels first', async () => {
  at(labelled);
  expect((await screen.findByRole('heading', { level: 2, name: /^Accuracy is/ })).textContent).toMatch(/84\.0\s%/);
  const classes = within(await screen.findByTestId('accuracy-classes'));
  expect(classes.getAllByRole('row')).toHaveLength(2);
  await userEvent.click(screen.getByLabelText('Estimated'));
  expect(
    within(screen.getByTestId('accuracy-classes'))
      .getAllByRole('rowheader')
      .map((row) => row.textContent),
  ).toEqual(['none', 'hole', 'tear']);
  expect(screen.getByText('too few images')).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('says that errors have risen', async () => {
  const evaluated = figure(0.05);
  at({
    ...labelled,
    error_rate: { state: 'RISEN', labels: 100, wrong: 16, evaluated, evidence: 30, false_alarm: 0.05 },
  });
  expect(await screen.findByRole('heading', { name: 'Errors have risen' })).toBeTruthy();
  expect(screen.getByText(/16 wrong predictions among 100 labels/)).toBeTruthy();
});

test('shows the first of fifty classes, and all on request', async () => {
  const classes = Array.from({ length: 50 }, (_, i) => oneClass(`class ${i}`, i));
  at({ ...report, estimated: report.estimated && { ...report.estimated, classes } });
  const table = within(await screen.findByTestId('accuracy-classes'));
  expect(table.getAllByRole('row')).toHaveLength(13);
  await userEvent.click(screen.getByRole('button', { name: 'Show all 50 classes' }));
  expect(table.getAllByRole('row')).toHaveLength(51);
});

test('draws days with their intervals, and none where nothing is known', () => {
  const [estimated, known] = courseLines(course);
  expect(estimated?.points.map(({ value, low }) => [value, low])).toEqual([
    [0.9, 0.88],
    [0.88, 0.86],
  ]);
  expect(known?.points).toEqual([
    { at: Date.parse('2026-11-20T00:00:00Z'), value: 0.8, low: 0.78, high: 0.8200000000000001 },
  ]);
  expect(courseLines({ ...course, days: course.days.slice(0, 2) })).toHaveLength(1);
});

test('ends the days at now, not in the future', () => {
  const now = Date.parse('2026-11-20T18:02:00Z');
  expect(courseSpan(course, now)).toEqual([Date.parse('2026-11-17T12:00:00Z'), now]);
  expect(courseSpan({ ...course, days: [] }, now)[1]).toBe(now);
});

test('says that errors are not shown to have risen, and how often a rise is stated wrongly', async () => {
  const evaluated = figure(0.34);
  at({
    ...labelled,
    truth: { ...labelled.truth, waiting: 2, ambiguous: 1 },
    error_rate: { state: 'NOT_RISEN', labels: 24, wrong: 8, evaluated, evidence: 0, false_alarm: 0.01 },
  });
  expect(await screen.findByText(/errors are not shown to have risen against 34\.0/)).toBeTruthy();
  expect(screen.getByText(/at most 1\.0\s%/)).toBeTruthy();
  expect(screen.getByText(/1 of those that wait have a request id/)).toBeTruthy();
});

test('plans labels, and hands out the list', async () => {
  const sent: unknown[] = [];
  at(report, {
    '/models/shirts/accuracy/plan': ({ body }: RequestInit) => {
      sent.push(JSON.parse(body as string));
      return {
        verdict: 'To know accuracy within 2 points, label these.',
        plan: {},
        labelled: 0,
        to_label: ['r1', 'r2'],
        without_predictions: 900,
      };
    },
  });
  const saved: string[] = [];
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'What to label' }));
  expect(await screen.findByText('Label these 2.')).toBeTruthy();
  expect(sent).toEqual([{ within: 2, version: 2, days: 7 }]);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  await user.click(screen.getByRole('button', { name: 'Download the list as CSV' }));
  expect(saved).toEqual(['shirts-to-label.csv']);
  expect(await violations()).toEqual([]);
});

test('lists the plans that there are, with the labels that are left', async () => {
  const plan = {
    made: '2026-11-19T10:00:00Z',
    from: '2026-11-12T10:00:00Z',
    to: '2026-11-19T10:00:00Z',
    population: 5000,
    within: 0.02,
  };
  at(report, {
    '/models/shirts/accuracy/plans?version=2': {
      plans: [
        { ...plan, id: 'b', labelled: 40, to_label: ['r1', 'r2'] },
        { ...plan, id: 'a', labelled: 120, to_label: [] },
      ],
    },
  });
  const plans = within(await screen.findByTestId('label-plans'));
  const open = plans.getByRole('row', { name: /± 2 points 40 of 42/ });
  expect(within(open).getByRole('button', { name: 'Download as CSV' })).toBeTruthy();
  expect(plans.getByRole('row', { name: /120 of 120 none/ })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('writes ids with commas and quotes as CSV', () => {
  expect(planFile(['a', 'b,"c"'])).toBe('request_id,label\na,\n"b,""c""",\n');
});

test('adds labels from a file, and says what became of them', async () => {
  const sent: unknown[] = [];
  at(report, {
    '/models/shirts/truth': ({ body }: RequestInit) => {
      sent.push(body);
      return { received: 3, added: 2, joined: 2, waiting: 1, repeated: 0, conflicting: 0, replaced: 0 };
    },
  });
  const csv = 'request_id,label\nr1,hole\n';
  const file = new File([csv], 'labels.csv', { type: 'text/csv' });
  Object.assign(file, { text: () => Promise.resolve(csv) });
  fireEvent.change(await screen.findByLabelText('CSV with true labels'), { target: { files: [file] } });
  expect(await screen.findByText('3 labels received, 2 joined, 1 wait for their predictions.')).toBeTruthy();
  expect(sent).toEqual([csv]);
});

test('says that there are no predictions', async () => {
  at({ ...report, estimated: null, verdict: 'Nothing is known.', window: { ...report.window, predictions: 0 } });
  expect(await screen.findByRole('heading', { name: 'No predictions in this time' })).toBeTruthy();
  expect(screen.queryByText('Label to know more')).toBeNull();
});

test('asks nothing of a model whose predictions have no labels to compare', async () => {
  const asked: string[] = [];
  show(<AccuracySection model={model({ task: 'segmentation' })} />, '/', {
    '*': (_: RequestInit, path: string) => asked.push(path),
  });
  expect(await screen.findByText(/known of classifiers and detectors; shirts has the task segmentation/)).toBeTruthy();
  expect(asked).toEqual([]);
});

test('shows what true boxes say of a detector, and what is not known without them', async () => {
  const trust = { level: 'NOT_TRUSTED', reason: 'AUC 0.9.', separation: null, effective_images: 20 } as const;
  const cat = { label: 'cat', found: 40, precision: figure(0.9), recall: figure(0.7), average_precision: 0.65 };
  const dog = { label: 'dog', found: 60, precision: figure(0.8), recall: null, average_precision: null };
  const estimated = { precision: figure(0.85), held_out: 200, classes: [dog] };
  const known = { images: 30, exact: figure(0.4), mean_average_precision: figure(0.65), classes: [cat, dog] };
  const shown = { ...report, estimated: null, findings: { estimated, trust, known } };
  show(<AccuracySection model={model({ task: 'detection' })} />, '/', {
    '/models/shirts/accuracy?version=2&days=7': shown,
  });
  expect((await screen.findByRole('heading', { name: /^Mean average precision/ })).textContent).toMatch(/65\.0\s%/);
  const rows = within(screen.getByTestId('finding-classes')).getAllByRole('row');
  expect(rows.map((row) => row.querySelector('th')?.textContent)).toEqual(['Class', 'dog', 'cat']);
  expect(rows[1]?.textContent).toContain('not known');
  expect(rows[2]?.textContent).toMatch(/65\.0\s%/);
  expect(await violations()).toEqual([]);
});

test('says that the precision of a detector is not known where its images are others', async () => {
  const trust = { level: 'NOT_TRUSTED', reason: 'AUC 0.9.', separation: null, effective_images: 20 } as const;
  const estimated = { precision: figure(0.85), held_out: 200, classes: [] };
  show(<AccuracySection model={model({ task: 'detection' })} />, '/', {
    '/models/shirts/accuracy?version=2&days=7': {
      ...report,
      estimated: null,
      findings: { estimated, trust, known: null },
    },
  });
  expect(await screen.findByRole('heading', { name: /the estimate is not to be trusted/ })).toBeTruthy();
});

test('says why it cannot be read', async () => {
  at(report, { '/models/shirts/accuracy?version=2&days=7': problem(403, 'FORBIDDEN', 'The key may not.') });
  expect((await screen.findByRole('alert')).textContent).toContain('The key may not.');
});
