// Made-up models of the tasks beside classification, for the mock server: one fixed prediction each.
const thing = (label, confidence, x1, y1, x2, y2) => ({
  label,
  confidence,
  box: { x1, y1, x2, y2 },
  mask: null,
  polygons: [],
});

const outlined = (object, area, ...polygons) => ({
  ...object,
  mask: { size: [480, 640], counts: '', area },
  polygons,
});

/** What a model of each task predictions about an image of 640 × 480 pixels. */
export const predictions = {
  detection: {
    objects: [
      thing('person', 0.93, 210, 5, 632, 460),
      thing('person', 0.88, 2, 125, 260, 415),
      thing('chair', 0.44, 244, 133, 303, 182),
      thing('pizza', 0.72, 136, 384, 360, 479),
      ...Array.from({ length: 11 }, (_, i) =>
        thing(
          i % 3 ? 'cup' : 'wine glass',
          0.68 - i * 0.035,
          30 + i * 52,
          300 + (i % 4) * 22,
          74 + i * 52,
          372 + (i % 4) * 22,
        ),
      ),
    ],
  },
  instance_segmentation: {
    task: 'detection',
    objects: [
      outlined(thing('leaf', 0.97, 60, 60, 300, 320), 31_000, [60, 200, 180, 60, 300, 190, 170, 320]),
      outlined(
        thing('ring', 0.81, 360, 120, 600, 400),
        42_000,
        [360, 120, 600, 120, 600, 400, 360, 400],
        [430, 190, 430, 330, 530, 330, 530, 190],
      ),
    ],
  },
  segmentation: {
    objects: [
      outlined(thing('road', null, 0, 300, 640, 480), 98_000, [0, 330, 640, 300, 640, 480, 0, 480]),
      outlined(thing('sky', null, 0, 0, 640, 180), 102_400, [0, 0, 640, 0, 640, 180, 0, 140]),
      outlined(thing('tree', null, 20, 120, 200, 330), 21_000, [20, 330, 110, 120, 200, 325]),
    ],
  },
  text_detection: {
    task: 'text-detection',
    objects: [
      { ...thing(null, 0.94, 80, 60, 400, 120), polygons: [[80, 70, 396, 60, 400, 110, 84, 120]] },
      { ...thing(null, 0.71, 80, 160, 300, 210), polygons: [[80, 160, 300, 160, 300, 210, 80, 210]] },
    ],
  },
  multi_label: {
    task: 'multi-label',
    top: [
      { label: 'wet', confidence: 0.92 },
      { label: 'torn', confidence: 0.61 },
    ],
  },
  embedding: { embedding: Array.from({ length: 512 }, (_, i) => Math.sin(i * 0.7) * Math.cos(i * 0.13) * 0.08) },
};

const labels = (task) => [
  ...new Set([
    ...(predictions[task].objects ?? []).flatMap((object) => object.label ?? []),
    ...(predictions[task].top ?? []).map((each) => each.label),
  ]),
];

/** Each task's model, made from one that exists. */
export function otherTasks(like) {
  return Object.keys(predictions).map((task) => [
    task.replaceAll('_', '-'),
    {
      ...like,
      name: task.replaceAll('_', '-'),
      task,
      labels: labels(task),
      accuracy: null,
      versions: like.versions.map((version) => ({
        ...version,
        accuracy: null,
        evaluation: null,
        temperature: null,
        contract: task === 'embedding' ? null : version.contract,
        labels: labels(task),
      })),
    },
  ]);
}

/** The prediction of such a model in the shape of any prediction; empty for a classifier. */
export const predictionOf = ({ task }) =>
  predictions[task] ? { task, label: null, confidence: null, ...predictions[task] } : {};
