import type { Dataset, Item } from './api/datasets';
import type {
  Job,
  Metrics,
  Model,
  Prediction,
  QuantizationReport,
  RaisedAlert,
  Version,
  VersionSummary,
} from './api/types';

// Values of the API as tests need them; each test states what it is about.

export const version = (number: number, more: Partial<VersionSummary> = {}): VersionSummary => ({
  version: number,
  state: 'ready',
  aliases: [],
  archived: false,
  accuracy: { value: 0.9, low: 0.85, high: 0.94 },
  created_at: '2026-11-20T10:00:00Z',
  dataset: 'd'.repeat(64),
  failure: null,
  note: '',
  parameters: 120_000,
  precision: null,
  size_bytes: 480_000,
  ...more,
});

/** Versions 1 and 2 of `shirts`, the second in production. */
export const model = (more: Partial<Model> = {}): Model => ({
  name: 'shirts',
  task: 'classification',
  labels: ['hole', 'none', 'tear'],
  production: 2,
  previous: 1,
  candidate: null,
  canary: null,
  split: [],
  shadow: null,
  cascade: null,
  fallback: null,
  alert: null,
  accuracy: { value: 0.9, low: 0.85, high: 0.94 },
  requests_per_second: 4,
  peak_requests_per_second: null,
  latest: 2,
  versions: [version(2, { aliases: ['production'] }), version(1)],
  archived_versions: 0,
  audit: [],
  ...more,
});

export const details = (number: number, quantization: QuantizationReport | null = null): Version => ({
  ...version(number),
  labels: ['hole', 'none', 'tear'],
  input: 'float32 [N,3,64,64]',
  contract: {},
  evaluation: null,
  temperature: null,
  tasks: [],
  quantization,
  lineage: {
    code_version: '0.1.0',
    dataset: null,
    machine: 'Linux amd64',
    parent: quantization ? 'shirts:1' : null,
    settings: {},
    training_seconds: 0,
    search: null,
  },
});

export const metrics = (): Metrics => ({
  model: 'shirts',
  versions: [
    {
      version: 2,
      requests: { total: 200, errors: { IMAGE_CORRUPT: 4 } },
      latency_ms: { total: { p50: 4, p95: 8, p99: 12 }, infer: { p50: 2, p95: 4, p99: 6 } },
      confidence: { mean: 0.91, baseline: 0.93, p10: 0.6, p50: 0.95, p90: 0.99 },
      classes: { hole: 50, none: 150 },
      images: { width: { p10: 64, p50: 64, p90: 64 }, height: { p10: 64, p50: 64, p90: 64 }, formats: { JPEG: 200 } },
      cache: { hits: 0, misses: 200 },
    },
  ],
  series: [],
});

export const prediction = (more: Partial<Prediction> = {}): Prediction => ({
  model: 'shirts',
  version: 2,
  task: 'classification',
  label: 'hole',
  confidence: 0.93,
  top: [
    { label: 'hole', confidence: 0.93 },
    { label: 'none', confidence: 0.07 },
  ],
  objects: [],
  embedding: [],
  heat_map: null,
  tasks: {},
  latency_ms: 4.5,
  timings_ms: { decode: 1, preprocess: 1, queue: 0, infer: 2, postprocess: 0.5 },
  cached: false,
  near: null,
  served_by: 'shirts@2',
  escalated: false,
  escalation_failed: null,
  fallback: false,
  fallback_reason: null,
  request_id: 'r1',
  timestamp: '2026-11-20T10:00:00Z',
  ...more,
});

export const quantizationJob = (id: string, state: Job['state'], more: Partial<Job> = {}): Job => ({
  id,
  state,
  request: { type: 'quantize', model: 'shirts', version: 1, precision: 'int8', data: '', margin: null, note: '' },
  times: {
    created_at: '2026-11-20T10:00:00Z',
    started_at: '2026-11-20T10:00:01Z',
    ended_at: state === 'queued' || state === 'running' ? null : '2026-11-20T10:05:00Z',
  },
  step: { name: 'calibration', fraction: 0.25, detail: '120 of 480' },
  result: null,
  failure: null,
  queue_position: null,
  ...more,
});

export const dataset = (more: Partial<Dataset> = {}): Dataset => ({
  name: 'cloth',
  task: 'classification',
  question: 'Which fault does the fabric show?',
  classes: [
    { name: 'hole', definition: 'The fabric is open.', examples: [], counter_examples: [] },
    { name: 'none', definition: 'No fault.', examples: [], counter_examples: [] },
  ],
  items: 60,
  labelled: 20,
  version: null,
  created_at: '2026-11-20T10:00:00Z',
  ...more,
});

export const item = (hash: string, more: Partial<Item> = {}): Item => ({
  id: 1,
  image: {
    ...{ hash, width: 8, height: 8, format: 'PNG', in_place: false, source: `${hash}.png` },
    ...{ blurring: null, location: 'absent' as const },
  },
  added_at: '2026-11-20T10:00:00Z',
  annotation: null,
  group: null,
  split: 'train',
  tags: { camera: '3' },
  ...more,
});

/** An alert about drift of `shirts`. */
export const alert = (
  id: string,
  state: RaisedAlert['status']['state'] = 'raised',
  more: Partial<RaisedAlert> = {},
): RaisedAlert => ({
  id,
  subject: { key: `drift/${id}`, kind: 'drift', model: 'shirts', severity: 'warning' },
  title: `The traffic of ${id} has changed`,
  detail: 'The images have changed: brightness 118 → 94.',
  evidence: '/#/models/shirts/drift?version=2',
  status: {
    state,
    since: '2026-11-20T10:00:00Z',
    changed: '2026-11-20T10:05:00Z',
    by: state === 'acknowledged' ? 'ana' : null,
    note: null,
    cleared: null,
  },
  raises: 1,
  ...more,
});
