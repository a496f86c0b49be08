// Quantizations of the mock server: one takes 12 seconds and ends as its request says. Images whose name has "none"
// in it fail, a margin of 0 refuses, all else is registered; a folder called "unlabelled" has no labels.
const STEPS = [
  ['images', 480],
  ['preparation', 1],
  ['calibration', 480],
  ['search', 10],
  ['sensitivity', 24],
  ['held-out images', 540],
];
const STEP_MS = 2000;
const shares = { int8: 0.27, 'int8-weights': 0.26, fp16: 0.5 };
const speeds = { int8: 2.18, 'int8-weights': 0.97, fp16: 0.52 };

const runs = [];

/** The runs as jobs as they are now, the newest first. */
export const recent = () => runs.map((run) => jobOf(now(run)));

/** One of them with its report; undefined for one that there never was. */
export function one(id) {
  const run = runs.map(now).find((each) => each.id === id);
  return run && { job: jobOf(run), report: run.report };
}

const isDone = ({ state }) => state === 'registered' || state === 'refused';

function jobOf(run) {
  const { id, model, version, precision, data, state, started_at, ended_at, step, done, of, registered } = run;
  const [, code, message] = /^([A-Z_]+): (.*)$/.exec(run.message ?? '') ?? [];
  return {
    id,
    request: { type: 'quantize', model, version, precision, data, margin: null, note: '' },
    state: isDone(run) ? 'done' : state,
    times: { created_at: started_at, started_at, ended_at },
    step: { name: step, fraction: done / of, detail: `${done} of ${of}` },
    result: isDone(run) ? { version: registered, evaluation: null, refused: run.message, sentences: [] } : null,
    failure: code ? { code, message } : null,
  };
}

/** Begins one; `register` takes the report when it is good, and gives the new version's number. */
export function begin(id, model, original, request, register) {
  const precision = request.precision ?? 'int8';
  const run = {
    id,
    model,
    version: original.version,
    precision,
    data: request.data ?? '',
    started_at: new Date().toISOString(),
    outcome: () => outcome(request, precision, original, register),
  };
  runs.unshift(run);
  return jobOf(now(run));
}

function now(run) {
  const { outcome: end, ended, ...known } = run;
  const passed = (Date.now() - Date.parse(run.started_at)) / STEP_MS;
  const [step, of] = STEPS[Math.min(Math.floor(passed), STEPS.length - 1)];
  const open = { ended_at: null, registered: null, message: null, report: null };
  if (passed < STEPS.length)
    return { ...known, ...open, state: 'running', step, done: Math.floor((passed % 1) * of), of };
  run.ended = ended ?? { ended_at: new Date().toISOString(), ...end() };
  return { ...known, ...open, step, done: of, of, ...run.ended };
}

function outcome(request, precision, original, register) {
  if (request.data?.includes('none'))
    return { state: 'failed', message: `DATASET_INVALID: The folder ${request.data} does not exist. Check the path.` };
  const report = reportOf(request, precision, original);
  return report.judgement.passes
    ? { state: 'registered', registered: register(report), report }
    : { state: 'refused', message: report.judgement.sentence, report };
}

function reportOf(request, precision, { labels, size_bytes: size }) {
  const speed = speeds[precision];
  return {
    precision,
    images: 480,
    setting: tried(precision)[0].what,
    tried: tried(precision),
    layers: layers(precision),
    bytes: { original: size, quantized: Math.round(size * shares[precision]) },
    speed_up: {
      baseline_ms: 4.12,
      candidate_ms: 4.12 / speed,
      ratio: { value: speed, low: speed - 0.04, high: speed + 0.03 },
      turns: 400,
    },
    judgement: request.data?.includes('unlabelled')
      ? agreement(request.margin !== 0)
      : accuracy(labels, request.margin !== 0),
  };
}

const agreement = (passes) => ({
  passes,
  loss: 1.3,
  sentence: `On 540 images without labels both give the same label for 98.7 % (95 % interval 97.3 to 99.4).${passes ? '' : ' At least 100.0 % are wanted.'}`,
  classes: [],
  evidence: { margin: 5, low: 0.6, high: 2.7, shown: passes, power: null, images: null },
});

function accuracy(labels, passes) {
  const images = 540 / labels.length;
  const classes = labels.map((label, i) => {
    const original = Math.round(images * (0.97 - 0.03 * i));
    const worse = !passes && i === 1;
    return { label, images, original, candidate: original + [1, -1, 0][i % 3] - (worse ? 17 : 0), worse };
  });
  const right = (key) => classes.reduce((sum, each) => sum + each[key], 0) / 5.4;
  const loss = right('original') - right('candidate');
  return {
    passes,
    loss,
    sentence: `${passes ? 'No difference shown' : 'Worse'}: on 540 images the candidate is right on ${right('candidate').toFixed(1)} %, the baseline on ${right('original').toFixed(1)} %.${passes ? '' : ` Significantly worse on: ${labels[1]}.`}`,
    classes,
    evidence: { margin: 0.5, low: loss - 1.2, high: loss + 1.2, shown: false, power: 0.21, images: 2400 },
  };
}

function tried(precision) {
  if (precision !== 'int8') return [{ what: precision === 'fp16' ? 'FP16' : 'INT8 weights', error: 0.000011 }];
  const ranges = ['entropy, bias corrected', 'entropy', 'squared-error', 'per tensor', 'min-max', 'percentile-99-9'];
  return ranges.map((each, i) => ({ what: `U8×S8, all operators, ranges ${each}`, error: 0.0021 * 1.6 ** i }));
}

function layers(precision) {
  const reason = precision === 'fp16' ? 'it computes in 16-bit floats' : 'only its weights are integers';
  return Array.from({ length: 24 }, (_, i) => {
    const costly = i === 0 || i === 17;
    const layer = {
      name: i === 23 ? 'head/Gemm' : `block${i >> 2}/Conv_${i % 4}`,
      operator: i === 23 ? 'Gemm' : 'Conv',
    };
    if (precision !== 'int8') return { ...layer, integer: false, reason, sensitivity: null };
    return {
      ...layer,
      integer: !costly,
      reason: costly ? 'in integers it costs too much accuracy' : null,
      sensitivity: (costly ? 0.004 : 0.0008) * (1 + Math.sin(i * 1.7) * 0.8),
    };
  });
}
