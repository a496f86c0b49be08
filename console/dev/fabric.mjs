// Made-up models and traffic for the mock server: plausible, and the same on every start.
import { createHash } from 'node:crypto';
import { predictionOf, otherTasks } from './tasks.mjs';

const BUCKET = 5000;
const sha = (text) => createHash('sha256').update(text).digest('hex');
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

/** A number in [0, 1) that depends on its arguments only. */
const noise = (...seed) => parseInt(sha(seed.join()).slice(0, 8), 16) / 2 ** 32;

/** Wilson score interval at 95 % for `hits` of `n`. */
function figure(hits, n) {
  if (n === 0) return { value: 0, low: 0, high: 1 };
  const z = 1.96;
  const p = hits / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { value: p, low: middle - half, high: Math.min(1, middle + half) };
}

function evaluation(labels, confusion, calibration) {
  const n = labels.length;
  const row = (i) => confusion[i].reduce((a, b) => a + b, 0);
  const column = (j) => confusion.reduce((a, r) => a + r[j], 0);
  const images = labels.reduce((a, _, i) => a + row(i), 0);
  const hits = labels.reduce((a, _, i) => a + confusion[i][i], 0);
  const classes = labels.map((label, i) => ({
    label,
    support: row(i),
    precision: figure(confusion[i][i], column(i)),
    recall: figure(confusion[i][i], row(i)),
    f1: figure(2 * confusion[i][i], row(i) + column(i)),
  }));
  const mean = (key) => classes.reduce((a, c) => a + c[key].value, 0) / n;
  const most = classes.reduce((a, c) => (c.support > a.support ? c : a));
  return {
    verdict: verdict(figure(hits, images), mean('recall'), most, images),
    images,
    accuracy: figure(hits, images),
    macro: { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') },
    classes,
    confusion,
    calibration,
  };
}

function verdict(accuracy, recall, most, images) {
  const share = most.support / images;
  const gain = {
    value: accuracy.value - share,
    low: accuracy.low - share,
    high: accuracy.high - share,
  };
  const of = (x) => (100 * x).toFixed(1);
  return {
    outcome: 'usable',
    images,
    majority: { label: most.label, share, gain, p_value: 0 },
    accuracy,
    balanced_accuracy: { value: recall, low: recall - 0.03, high: recall + 0.02 },
    never_found: [],
    unseen: [],
    sentences: [
      `Usable: better than always saying "${most.label}", by +${of(gain.value)} points of accuracy (95 % interval +${of(gain.low)} to +${of(gain.high)}).`,
      `Balanced accuracy (mean recall of the classes) ${of(recall)} %, accuracy ${of(accuracy.value)} %, share of "${most.label}" ${of(share)} %.`,
      `This rests on ${images} images.`,
    ],
  };
}

function version(number, labels, more) {
  const size = more.size ?? 96;
  return {
    version: number,
    archived: false,
    state: 'ready',
    failure: null,
    aliases: [],
    created_at: ago(more.minutes),
    accuracy: more.evaluation?.accuracy ?? null,
    parameters: more.parameters,
    size_bytes: more.parameters * 4 + 9200,
    dataset: more.dataset === undefined ? sha('fabric') : more.dataset,
    note: more.note ?? '',
    labels,
    input: `[3,${size},${size}] float32`,
    contract: {
      orientation: 'exif',
      color: 'RGB',
      alpha: '#ffffff',
      resize: { fit: 'shortest-edge', size: [size], filter: 'bilinear', engine: 'pillow', pad: 114 },
      crop: { center: [size, size] },
      scale: 0.00392156862745098,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      layout: 'NCHW',
      type: 'float32',
      decode: 'exact',
    },
    temperature: more.evaluation?.calibration.temperature ?? 1,
    evaluation: more.evaluation ?? null,
    lineage: {
      dataset: more.dataset === undefined ? sha('fabric') : more.dataset,
      parent: null,
      settings: {
        network: more.network ?? 'small',
        epochs: '24',
        batch_size: 'automatic',
        optimizer: 'ADAM_W',
        learning_rate: '0.003',
        augmentation: 'Augmentation[minArea=0.4, aspect=1.25, shift=0.05, mirror=true, flip=false, noise=4.0]',
        class_weights: 'true',
        time_budget: 'PT1M',
        threads: '0',
      },
      code_version: '0.1.0',
      machine: '2 × x86-64, 8 GB, Linux 6.1',
      training_seconds: more.seconds ?? null,
    },
    ...more.change,
  };
}

export function createModels({ calm }) {
  const fabric = ['hole', 'none', 'tear'];
  const first = evaluation(
    fabric,
    [
      [52, 3, 5],
      [2, 57, 1],
      [6, 2, 52],
    ],
    { before: 0.081, after: 0.032, temperature: 1.42 },
  );
  const second = evaluation(
    fabric,
    [
      [57, 1, 2],
      [1, 58, 1],
      [2, 1, 57],
    ],
    { before: 0.064, after: 0.021, temperature: 1.31 },
  );
  const steel = ['crazing', 'inclusion', 'patches', 'pitted_surface', 'rolled-in_scale', 'scratches'];
  const metal = evaluation(
    steel,
    steel.map((_, i) => steel.map((_, j) => (i === j ? 60 - 2 * i : noise('m', i, j) > 0.7 ? 2 : 0))),
    { before: 0.041, after: 0.018, temperature: 1.12 },
  );
  const alert = calm
    ? null
    : {
        kind: 'confidence',
        version: 1,
        since: ago(3),
        baseline: 0.952,
        current: 0.812,
        message:
          'Mean confidence of the last 200 predictions is 14.7 % below what it was when the version was promoted.',
      };
  const models = [
    {
      name: 'shirts',
      task: 'classification',
      labels: fabric,
      production: 1,
      previous: null,
      candidate: 2,
      canary: { version: 2, percent: 5 },
      split: [],
      latest: 3,
      accuracy: first.accuracy,
      requests_per_second: 42.6,
      peak_requests_per_second: 61.3,
      alert,
      versions: [
        version(3, fabric, {
          minutes: 2,
          parameters: 1_240_000,
          network: 'large',
          change: {
            state: 'failed',
            failure:
              'Golden image 2 differs by 0.031 from what was registered; allowed is 0.001. Register the model again on this machine.',
          },
        }),
        version(2, fabric, {
          minutes: 14,
          parameters: 412_000,
          network: 'medium',
          seconds: 61.4,
          evaluation: second,
          note: 'wider network',
          change: { aliases: ['candidate'] },
        }),
        version(1, fabric, {
          minutes: 190,
          parameters: 96_300,
          seconds: 28.1,
          evaluation: first,
          note: 'first training',
          change: { aliases: ['production'] },
        }),
      ],
      audit: [
        {
          at: ago(6),
          who: 'demo',
          action: 'canary',
          version: 2,
          reason: 'compare the wider network on live images',
          detail: '5 % of traffic',
        },
        { at: ago(14), who: 'demo', action: 'register', version: 2, reason: 'trained', detail: 'accuracy 95.6 %' },
        { at: ago(188), who: 'demo', action: 'promote', version: 1, reason: 'first version', detail: 'no version → 1' },
        { at: ago(190), who: 'demo', action: 'register', version: 1, reason: 'trained', detail: 'accuracy 89.4 %' },
      ],
    },
    {
      name: 'steel-surface',
      task: 'classification',
      labels: steel,
      production: 4,
      previous: 3,
      candidate: null,
      canary: null,
      split: [],
      latest: 4,
      accuracy: metal.accuracy,
      requests_per_second: 3.2,
      peak_requests_per_second: 9.8,
      alert: null,
      versions: [
        version(4, steel, {
          minutes: 5800,
          parameters: 288_000,
          seconds: 142,
          size: 128,
          evaluation: metal,
          change: { aliases: ['production'] },
        }),
      ],
      audit: [
        {
          at: ago(5790),
          who: 'anna',
          action: 'promote',
          version: 4,
          reason: 'recall on scratches',
          detail: 'version 3 → 4',
        },
      ],
    },
    {
      name: 'squeezenet',
      task: 'classification',
      labels: Array.from({ length: 1000 }, (_, i) => `n${String(1440764 + i * 37).padStart(8, '0')}`),
      production: null,
      previous: null,
      candidate: null,
      canary: null,
      split: [],
      latest: 1,
      accuracy: null,
      requests_per_second: 0,
      peak_requests_per_second: null,
      alert: null,
      versions: [
        version(1, [], {
          minutes: 31,
          parameters: 1_235_496,
          size: 224,
          dataset: null,
          note: 'imported',
          change: { state: 'registered' },
        }),
      ],
      audit: [
        {
          at: ago(31),
          who: 'anna',
          action: 'register',
          version: 1,
          reason: 'imported',
          detail: 'squeezenet11-fp32.onnx',
        },
      ],
    },
  ];
  const many = [
    catalogue('parcels', parcels),
    catalogue(
      'gestures',
      Array.from({ length: 40 }, (_, i) => `gesture ${i + 1}`),
    ),
  ];
  return new Map([...models, ...many].map((model) => [model.name, model]).concat(otherTasks(models[1])));
}

const parcels = [
  'bag',
  'box',
  'box, crushed corner',
  'box, open',
  'box, wet',
  'crate',
  'envelope',
  'label missing',
  'label unreadable',
  'pallet',
  'roll',
  'tube',
];

/** A classifier of many classes, for the pages that have to hold them. */
function catalogue(name, labels) {
  const confusion = labels.map((_, i) =>
    labels.map((__, j) => {
      if (i === j) return 30 + Math.floor(60 * noise(name, i));
      return noise(name, i, j) > 0.86 ? 1 + Math.floor(9 * noise(name, j, i) ** 3) : 0;
    }),
  );
  confusion[0] = labels.map((_, j) => (j === 0 ? 41 : 0));
  const measured = evaluation(labels, confusion, { before: 0.052, after: 0.019, temperature: 1.2 });
  return {
    name,
    task: 'classification',
    labels,
    production: 1,
    previous: null,
    candidate: null,
    canary: null,
    split: [],
    latest: 1,
    accuracy: measured.accuracy,
    requests_per_second: 1.4,
    peak_requests_per_second: 3.1,
    alert: null,
    versions: [
      version(1, labels, {
        minutes: 9000,
        parameters: 1_240_000,
        seconds: 512,
        evaluation: measured,
        change: { aliases: ['production'] },
      }),
    ],
    audit: [
      {
        at: ago(9000),
        who: 'anna',
        action: 'register',
        version: 1,
        reason: '',
        detail: `bundle ${sha(name)}`,
      },
    ],
  };
}

/** What share of the traffic a version gets. */
function share(model, number) {
  const trial = model.canary?.version === number ? model.canary.percent / 100 : 0;
  return model.production === number ? 1 - (model.canary?.percent ?? 0) / 100 : trial;
}

function point(model, number, bucket) {
  const ageMinutes = (Date.now() - bucket) / 60_000;
  if (number === 2 && model.name === 'shirts' && ageMinutes > 6 && model.production !== 2) return [];
  const wave = 1 + 0.18 * Math.sin(bucket / 61_000) + 0.12 * (noise(bucket, number) - 0.5);
  const requests = Math.round(model.requests_per_second * 5 * share(model, number) * wave);
  if (requests === 0) return [];
  const drift = model.alert?.version === number ? Math.min(0.14, Math.max(0, 5 - ageMinutes) * 0.05) : 0;
  const p50 = (number === 2 ? 5.1 : 3.9) * (1 + 0.12 * noise('a', bucket, number));
  return [
    {
      at: new Date(bucket).toISOString(),
      version: number,
      requests,
      errors: noise('e', bucket) > 0.93 ? 1 : 0,
      p50,
      p95: p50 * (1.9 + 0.5 * noise('b', bucket)),
      p99: p50 * (2.6 + 1.6 * noise('c', bucket) ** 3),
      confidence: (number === 2 ? 0.962 : 0.951) - drift + 0.012 * (noise('d', bucket, number) - 0.5),
    },
  ];
}

function stage(p50) {
  return { p50, p95: p50 * 2.1, p99: p50 * 2.9 };
}

export function metrics(model) {
  const live = model.versions
    .map((v) => v.version)
    .filter((v) => share(model, v) > 0)
    .sort();
  const last = Math.floor(Date.now() / BUCKET) * BUCKET;
  const series = Array.from({ length: 120 }, (_, i) => last - (119 - i) * BUCKET).flatMap((bucket) =>
    live.flatMap((v) => point(model, v, bucket)),
  );
  const versions = live.map((number) => {
    const requests = Math.round(48_000 * share(model, number) * (0.2 + model.requests_per_second / 50));
    const big = number === 2;
    return {
      version: number,
      requests: {
        total: requests,
        errors: number === 1 ? { IMAGE_CORRUPT: 3, IMAGE_FORMAT_UNSUPPORTED: 11, OVERLOADED: 1 } : {},
      },
      latency_ms: {
        total: stage(big ? 5.3 : 4.1),
        decode: stage(1.3),
        preprocess: stage(0.42),
        queue: stage(0.05),
        infer: stage(big ? 3.4 : 2.2),
        postprocess: stage(0.012),
      },
      confidence: {
        mean: model.alert?.version === number ? 0.812 : 0.958,
        baseline: number === 1 || model.production === number ? 0.952 : null,
        p10: 0.71,
        p50: 0.968,
        p90: 0.996,
      },
      classes: Object.fromEntries(
        model.labels
          .slice(0, 8)
          .map((label, i) => [label, Math.round(requests * [0.12, 0.7, 0.1, 0.04, 0.02, 0.01, 0.005, 0.005][i])]),
      ),
      cache: { hits: Math.round(requests * 0.2), misses: Math.round(requests * 0.8) },
      images: {
        width: { p10: 640, p50: 1280, p90: 1920 },
        height: { p10: 480, p50: 960, p90: 1440 },
        formats: {
          JPEG: Math.round(requests * 0.93),
          PNG: Math.round(requests * 0.06),
          WEBP: Math.round(requests * 0.01),
        },
      },
      alert: model.alert?.version === number ? model.alert : null,
    };
  });
  return { model: model.name, versions, series };
}

const seen = new Set();

export function predict(model, version, image, requestId) {
  const request = sha(`${model.name} ${version} ${sha(image)}`);
  const cached = seen.has(request);
  seen.add(request);
  const start = parseInt(sha(image).slice(0, 6), 16) % Math.min(model.labels.length, 3);
  const order = [...model.labels.slice(start), ...model.labels.slice(0, start)].slice(0, 5);
  const shares = [0.9312, 0.0537, 0.0151, 0.0004, 0.0001].slice(0, order.length);
  const timings = cached
    ? { decode: 0, preprocess: 0, queue: 0, infer: 0, postprocess: 0 }
    : { decode: 2.41, preprocess: 0.52, queue: 0.04, infer: 2.27, postprocess: 0.02 };
  return {
    model: model.name,
    version,
    task: 'classification',
    label: order[0],
    confidence: shares[0],
    top: order.map((label, i) => ({ label, confidence: shares[i] })),
    objects: [],
    embedding: [],
    ...predictionOf(model),
    cached,
    near: null,
    latency_ms: Object.values(timings).reduce((a, b) => a + b, 0.11),
    timings_ms: timings,
    request_id: requestId,
    timestamp: new Date().toISOString(),
  };
}
