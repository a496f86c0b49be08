// Data sets, labelling and review of the mock server; everything is made up and lives in memory.
import { createHash } from 'node:crypto';
import { cloth } from './images.mjs';

const CLASSES = [
  { name: 'hole', definition: 'The fabric is open: what lies behind it shows.', examples: [] },
  { name: 'tear', definition: 'Threads are torn, but nothing shows through.', examples: [] },
  { name: 'none', definition: 'No fault. Shadows and seams are none.', examples: [] },
];
const SIZE = { width: 240, height: 180 };
const hex = (text) => createHash('sha256').update(text).digest('hex');
const day = (number) => new Date(Date.UTC(2026, 10, number, 9, 30)).toISOString();

function items(name, count) {
  return Array.from({ length: count }, (_, i) => {
    const truth = CLASSES[(i * 7) % 3].name;
    const fault = { x: 50 + ((i * 37) % 140), y: 40 + ((i * 53) % 100), r: 12 + (i % 5) * 5 };
    return {
      id: i + 1,
      hash: hex(`${name} ${i}`),
      ...SIZE,
      format: 'PNG',
      split: ['train', 'train', 'train', 'validation', 'test'][i % 5],
      group: null,
      source: `line-a/${i}.png`,
      added: day(1 + (i % 20)),
      tags: { camera: String(1 + (i % 3)), line: 'AB'[i % 2] },
      truth,
      fault,
      rows: [],
      leased: new Map(),
    };
  });
}

const wholes = (name) => ({ classes: [name] });

function objects({ truth, fault: { x, y, r } }) {
  const height = truth === 'tear' ? r / 5 : r;
  return truth === 'none'
    ? { objects: [] }
    : { objects: [{ class: truth, box: [x - r, y - height, 2 * r, 2 * height] }] };
}

function dataset(name, task, count, labelled) {
  const all = items(name, count);
  for (const item of all.slice(0, labelled)) {
    const value = task === 'detection' ? objects(item) : wholes(item.truth);
    item.rows.push({ annotator: 'ada', value, created_at: day(21), millis: 900, prefill: null, in_force: true });
  }
  return { name, task, classes: CLASSES, items: all, created: day(1), versions: [], settings: settings() };
}

const versionOf = (seed, number, message, count) => ({
  ...{ id: hex(seed), number, message, author: 'ada', created_at: day(8 + 7 * number) },
  ...{ items: count, labelled: count >> 1 },
});

const settings = () => ({
  per_image: 1,
  order: 'uncertain',
  honeypot_share: 0.05,
  hide_prefill_share: 0.1,
  prefill_model: 'shirts',
  min_skill: 0.7,
});

const sets = new Map(
  [
    dataset('shirts', 'classification', 240, 120),
    dataset('faults', 'detection', 90, 20),
    dataset('regions', 'instance-segmentation', 60, 0),
  ].map((each) => [each.name, each]),
);
sets.get('shirts').versions = [versionOf('v2', 2, 'after the second camera', 240), versionOf('v1', 1, 'first', 120)];

const summary = (set) => ({
  name: set.name,
  task: set.task,
  classes: set.classes,
  items: set.items.length,
  labelled: set.items.filter(({ rows }) => rows.length > 0).length,
  version: set.versions[0] ?? null,
  created_at: set.created,
});

const view = ({ id, hash, width, height, format, split, group, source, added, tags, rows }) => ({
  ...{ id, split, group, tags, added_at: added },
  image: { hash, width, height, format, source, in_place: false },
  annotation: rows.at(-1) ?? null,
});

const tagsOf = (item) => ({
  ...item.tags,
  split: item.split,
  labelled: item.rows.length > 0 ? 'yes' : 'no',
  ...(item.rows.at(-1)?.value.classes && { class: item.rows.at(-1).value.classes[0] }),
});

function facets(set) {
  const found = new Map();
  for (const item of set.items)
    for (const [name, value] of Object.entries(tagsOf(item))) {
      if (!found.has(name)) found.set(name, new Map());
      found.get(name).set(value, (found.get(name).get(value) ?? 0) + 1);
    }
  return {
    tags: [...found].map(([name, values]) => ({
      name,
      values: [...values].map(([value, count]) => ({ value, count })),
    })),
  };
}

function page(set, query) {
  const wanted = query.getAll('tag').map((tag) => tag.split('='));
  const after = Number(query.get('after') ?? 0);
  const size = Number(query.get('size') ?? 60);
  const found = set.items.filter(
    (item) => item.id > after && wanted.every(([name, value]) => tagsOf(item)[name] === value),
  );
  return { items: found.slice(0, size).map(view), next: found.length > size ? found[size - 1].id : undefined };
}

const leaseEnd = (seconds) => new Date(Date.now() + 1000 * (seconds ?? 600)).toISOString();

function leases(set, { annotator, count, seconds }) {
  const free = set.items.filter(
    ({ rows, leased }) => leased.size === 0 && rows.length === 0 && rows.every((row) => row.annotator !== annotator),
  );
  return {
    leases: free.slice(0, count).map((item) => {
      const lease = hex(`${annotator} ${item.hash}`).slice(0, 16);
      item.leased.set(lease, annotator);
      const value = set.task === 'classification' ? wholes(item.truth) : objects(item);
      return {
        lease,
        expires: leaseEnd(seconds),
        item: view(item),
        prefill: item.id % 3 === 0 ? { value, model: 'shirts:2' } : null,
        prefill_hidden: item.id % 30 === 0,
        reason: 'uncertain',
        detail: `unsure 0.${90 - (item.id % 60)}, unlike what is labelled (0.62)`,
      };
    }),
  };
}

function annotate(item, body) {
  item.leased.delete(body.lease);
  for (const row of item.rows) row.in_force = false;
  const row = { ...body, created_at: new Date().toISOString(), in_force: true };
  if (!item.rows.some(({ id }) => id === body.id)) item.rows.push(row);
  return row;
}

const share = (accepted, changed) => {
  const value = accepted / (accepted + changed);
  return { accepted, changed, share: { value, low: value - 0.05, high: Math.min(1, value + 0.04) } };
};

function progress(set) {
  const classes = (labels) =>
    set.classes.map(({ name }, i) => ({ class: name, labels: labels + 9 * i, median_millis: 800 + 200 * i }));
  const person = { on_honeypots: true, bias: {} };
  return {
    annotators: [
      {
        ...{ ...person, name: 'ada', labels: 1204, median_millis: 870, below: false, per_class: classes(400) },
        skill: { value: 0.96, low: 0.93, high: 0.98 },
      },
      {
        ...{ ...person, name: 'grace', labels: 640, median_millis: 1420, below: true, per_class: classes(200) },
        skill: { value: 0.62, low: 0.5, high: 0.72 },
      },
    ],
    per_class: classes(600),
    backlog: set.items.filter(({ rows }) => rows.length === 0).length,
    capacity: {
      verdict:
        'At this rate the backlog of 1,240 labels is done on Friday, 4 December 2026 (Wednesday, 2 December 2026 to Tuesday, 8 December 2026). Two more people would be done on Wednesday, 2 December 2026. 310 labels are made per day; the arriving images need 60.',
      ...{ made_per_day: 310, made: { value: 310, low: 240, high: 380 }, needed_per_day: 60, needed_by: 'arriving' },
      ...{ backlog_labels: 1240, people: 2 },
      forecast: {
        ...{ done: '2026-12-04T10:00:00Z', earliest: '2026-12-02T10:00:00Z', latest: '2026-12-08T10:00:00Z' },
      },
    },
    prefills: {
      verdict:
        'People keep 93 % of the suggestions, which saves 0.3 s per image. It is not sure yet whether people follow the model (5 points, -1 to 13); label more images.',
      acceptance: set.classes.map(({ name }, i) => ({ class: name, ...share(90 - 8 * i, 5 + 6 * i) })),
      anchoring: {
        shown: { value: 0.93, low: 0.9, high: 0.95 },
        hidden: { value: 0.88, low: 0.8, high: 0.93 },
        difference: { value: 0.05, low: -0.01, high: 0.13 },
        saved_millis: 340,
      },
    },
  };
}

function disagreements(set) {
  return {
    items: set.items.slice(3, 7).map((item) => ({
      hash: item.hash,
      ...SIZE,
      values: ['ada', 'grace', 'linus'].map((annotator, i) => ({
        annotator,
        value:
          set.task === 'classification'
            ? wholes(CLASSES[(item.id + (i === 2 ? 1 : 0)) % 3].name)
            : { objects: [{ class: 'hole', box: [40 + 6 * i, 30, 60, 50 + 4 * i] }] },
        millis: 1100 + 400 * i,
      })),
      consensus: { value: wholes(CLASSES[item.id % 3].name), confidence: 0.71 },
    })),
  };
}

const agreement = (set) => ({
  images: 84,
  verdict: 'Annotators agree well enough to train, but “hole” and “tear” are one class to them.',
  kappa: { value: 0.74, low: 0.66, high: 0.81 },
  fleiss: { value: 0.73, low: 0.66, high: 0.8 },
  alpha: { value: 0.73, low: 0.65, high: 0.8 },
  ceiling: { value: 0.91, low: 0.88, high: 0.94 },
  confused: [{ a: 'hole', b: 'tear', count: 17, examples: set.items.slice(4, 9).map(({ hash }) => hash) }],
  advice: ['Define how large an opening must be to be a hole.', 'Add an example of each to the definitions.'],
});

const wrong = (set) => ({
  items: set.items.slice(10, 16).map((item, i) => ({
    hash: item.hash,
    given: CLASSES[i % 3].name,
    likely: CLASSES[(i + 1) % 3].name,
    score: 0.98 - 0.07 * i,
  })),
  per_class: CLASSES.map(({ name }, i) => ({
    class: name,
    share: 0.03 + 0.02 * i,
    low: 0.01 + 0.01 * i,
    high: 0.07 + 0.03 * i,
  })),
});

/** The response to a request below /v1/datasets, an image, or undefined where there is nothing. */
export function datasets(method, [name, what, key, act, other], query, body) {
  if (!name && method === 'POST') {
    const made = { ...dataset(body.name, body.task, 0, 0), classes: body.classes };
    sets.set(body.name, made);
    return summary(made);
  }
  if (!name) return { datasets: [...sets.values()].map(summary) };
  const set = sets.get(name);
  if (!set) return undefined;
  if (!what) return summary(set);
  if (what === 'classes') {
    set.classes = body.classes;
    return summary(set);
  }
  if (what === 'facets') return facets(set);
  if (what === 'wrong-labels') return wrong(set);
  if (what === 'labelling') return labelling(method, set, key, act, body);
  if (what === 'versions') return versions(method, set, key, other, body);
  if (what !== 'items') return undefined;
  if (!key && method === 'PATCH') return patch(set, body);
  if (!key) return page(set, query);
  const item = set.items.find(({ hash }) => hash === key);
  if (!item) return undefined;
  if (act === 'annotations') return annotate(item, body);
  if (act) return { image: cloth(item.id, item.truth, SIZE.width, SIZE.height, item.fault) };
  return { item: view(item), annotations: item.rows, models: ['shirts:2', 'shirts:3'] };
}

function patch(set, { hashes, tags = {}, split }) {
  for (const item of set.items.filter(({ hash }) => hashes.includes(hash))) {
    for (const [name, value] of Object.entries(tags))
      if (value === null) delete item.tags[name];
      else item.tags[name] = value;
    if (split) item.split = split;
  }
  return {};
}

function versions(method, set, from, to, body) {
  if (method === 'POST') {
    const { length } = set.versions;
    const version = versionOf(`${set.name} ${length}`, length + 1, body.message, set.items.length);
    set.versions.unshift(version);
    return version;
  }
  if (!from) return { versions: set.versions, changed: true };
  const changes = (i) => ({ added: 40 - 3 * i, removed: i, relabelled: 2 + i });
  return {
    counts: { added: 120, removed: 3, relabelled: 9, moved: 0 },
    classes: Object.fromEntries(CLASSES.map(({ name }, i) => [name, changes(i)])),
    ...{ before: from, after: to, changes: [] },
  };
}

function labelling(method, set, what, lease, body) {
  if (!what) {
    if (method === 'PUT') set.settings = body;
    return set.settings;
  }
  if (what === 'leases' && lease === 'returned') {
    for (const item of set.items) for (const each of body.leases) item.leased.delete(each);
    return {};
  }
  if (what === 'leases' && method === 'POST') return leases(set, body);
  if (what === 'leases')
    return { expires: Object.fromEntries(body.leases.map((each) => [each, leaseEnd(body.seconds)])) };
  if (what === 'examples') set.classes.find(({ name }) => name === body.class).examples.push(body.hash);
  if (what === 'examples') return {};
  if (what === 'progress') return progress(set);
  if (what === 'need') {
    if (method === 'PUT') set.need = body;
    return set.need ?? { labels_per_day: null, intake_share: 1 };
  }
  if (what === 'agreement') return agreement(set);
  if (what === 'disagreements') return method === 'POST' ? {} : disagreements(set);
  return undefined;
}
