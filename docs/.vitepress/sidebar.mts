// The order of the pages. A page that does not exist is left out.
type Entry = [text: string, page: string];

const groups: [string, Entry[]][] = [
  ['Tutorial', [['From a folder to a served model', 'tutorial/first-model']]],
  [
    'How-to',
    [
      ['Overview', 'how-to/index'],
      ['Curate a data set', 'how-to/data-sets'],
      ['Label with several people', 'how-to/label'],
      ['Train from your images', 'how-to/train'],
      ['Import an ONNX model', 'how-to/import'],
      ['Import a YOLO detector', 'how-to/import-yolo'],
      ['Import from timm', 'how-to/import-timm'],
      ['Import from Hugging Face', 'how-to/import-hugging-face'],
      ['Call the HTTP API', 'how-to/call-the-api'],
      ['Use Triton and KServe clients', 'how-to/triton-clients'],
      ['Evaluate and compare versions', 'how-to/evaluate'],
      ['Run a canary', 'how-to/canary'],
      ['Run a version in shadow', 'how-to/shadow'],
      ['Watch for drift', 'how-to/drift'],
      ['Roll out a version by evidence', 'how-to/rollout'],
      ['Keep and read traffic', 'how-to/traffic'],
      ['Know accuracy in production', 'how-to/accuracy'],
      ['Manage versions', 'how-to/versions'],
      ['Quantize to INT8', 'how-to/quantize'],
      ['Tune for this machine', 'how-to/tune'],
      ['Set up a cascade or a fallback', 'how-to/cascade'],
      ['Cache responses', 'how-to/cache'],
      ['Save memory', 'how-to/save-memory'],
      ['Measure capacity', 'how-to/load-test'],
      ['Monitor with Prometheus', 'how-to/prometheus'],
      ['Send alerts to people', 'how-to/alerts'],
      ['Deploy behind TLS', 'how-to/tls'],
      ['Run under systemd', 'how-to/systemd'],
      ['Use PostgreSQL and S3', 'how-to/postgresql-and-s3'],
      ['Back up and move', 'how-to/back-up'],
      ['Upgrade', 'how-to/upgrade'],
      ['Use as a Java library', 'how-to/use-as-a-library'],
    ],
  ],
  [
    'Reference',
    [
      ['Overview', 'reference/index'],
      ['Command line', 'reference/cli'],
      ['Configuration', 'reference/configuration'],
      ['HTTP API', 'reference/http-api'],
      ['Open Inference Protocol', 'reference/open-inference-protocol'],
      ['Errors', 'reference/errors'],
      ['Health', 'reference/health'],
      ['Metrics', 'reference/metrics'],
      ['Prediction log', 'reference/prediction-log'],
      ['Preprocessing contract', 'reference/preprocessing-contract'],
      ['Models that can be imported', 'reference/model-formats'],
      ['Tables of labels', 'reference/label-tables'],
      ['Alerts', 'reference/alerts'],
      ['Remote models', 'reference/remotes'],
      ['Home directory and bundle', 'reference/bundle'],
      ['Limits', 'reference/limits'],
      ['Glossary', 'reference/glossary'],
    ],
  ],
  [
    'Explanation',
    [
      ['Overview', 'explanation/index'],
      ['The preprocessing contract', 'explanation/preprocessing-contract'],
      ['Golden tests', 'explanation/golden-tests'],
      ['Batching and overload', 'explanation/batching'],
      ['How drift is found', 'explanation/drift'],
      ['Intervals and verdicts', 'explanation/intervals'],
      ['Quantization', 'explanation/quantization'],
      ['How rollouts decide', 'explanation/rollouts'],
      ['Accuracy in production', 'explanation/accuracy'],
      ['Benchmarks', 'benchmarks'],
      ['Decisions', 'decisions/0001-contract-record-in-imaging'],
    ],
  ],
];

export const sidebar = (exists: (page: string) => boolean) =>
  groups.map(([text, entries]) => ({
    text,
    items: entries
      .filter(([, page]) => exists(page))
      .map(([title, page]) => ({ text: title, link: `/${page.replace(/index$/, '')}` })),
  }));
