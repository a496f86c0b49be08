// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Job } from '../../api/types';
import { show, violations } from '../../testing';
import { DiagnosisSection } from './DiagnosisSection';
import type { Diagnosis } from './report';

const diagnosis: Diagnosis = {
  target: 'accuracy >= 0.95',
  standing: 'missed',
  score: { value: 0.81, low: 0.78, high: 0.84 },
  verdict: 'accuracy is 81.0 %: the target 95.0 % is missed. What helps most: more images.',
  findings: [
    {
      cause: 'too-few-images',
      standing: 'helps',
      sentence: 'The target needs about 400 of each class.',
      remedy: 'Add images.',
      score_after: { value: 0.95, low: 0.9, high: 0.97 },
      examples: ['a.png (hole): likely none'],
    },
  ],
  curve: {
    points: [{ images_per_class: 40, score: { value: 0.81, low: 0.78, high: 0.84 } }],
    expected: [{ images_per_class: 80, score: { value: 0.86, low: 0.82, high: 0.9 } }],
  },
  notes: [],
};

const job = (id: string, state: Job['state'], data = 'cloth@1f'): Job => ({
  id,
  state,
  request: { type: 'diagnose', data, target: 'accuracy >= 0.95' },
  times: { created_at: '2026-11-20T10:00:00Z', started_at: null, ended_at: null },
  step: { name: 'diagnose', fraction: 0.5, detail: 'features of 40 of 80 images' },
  queue_position: null,
  result: null,
  failure: null,
});

function section(jobs: Job[]) {
  const sent: unknown[] = [];
  show(<DiagnosisSection dataset="cloth" classes={['none', 'hole']} />, '/', {
    '/jobs': ({ method, body }: RequestInit) => {
      if (method !== 'POST') return { jobs };
      sent.push(JSON.parse(body as string));
      jobs.unshift(job('new', 'queued'));
      return jobs[0];
    },
    '/jobs/done': { job: job('done', 'done'), report: diagnosis },
    '/backbones': {
      backbones: [
        {
          name: 'mobilenet-v2',
          kind: 'backbone',
          available: true,
          task: '1,000 ImageNet classes',
          input: '224x224',
          size_bytes: 14e6,
          licence: 'BSD-3-Clause',
          source: 'torchvision',
        },
      ],
    },
  });
  return { sent };
}

it('asks for a target of a class and starts a job', async () => {
  const user = userEvent.setup();
  const { sent } = section([]);

  await user.selectOptions(await screen.findByLabelText('Target'), 'recall(hole)');
  await user.clear(screen.getByLabelText('At least'));
  await user.type(screen.getByLabelText('At least'), '90');
  await user.click(await screen.findByRole('button', { name: 'Diagnose' }));

  expect(await screen.findByTestId('open-diagnosis')).toBeTruthy();
  expect(sent).toEqual([
    { type: 'diagnose', data: 'cloth', network: { from: 'mobilenet-v2' }, target: 'recall(hole) >= 0.9' },
  ]);
});

it('shows the newest diagnosis of this data set, the verdict first', async () => {
  section([job('of-others', 'done', 'shoes'), job('done', 'done')]);

  expect(await screen.findByText(/the target 95.0 % is missed/)).toBeTruthy();
  expect(screen.getByText('Add images.')).toBeTruthy();
  expect(screen.getByRole('slider', { name: /Score by images of each class/ })).toBeTruthy();
  expect(await violations()).toEqual([]);
});
