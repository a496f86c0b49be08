import type { Task } from '../../api/datasets';
import { isOfWholeImages } from '../../api/datasets';
import type { Tool } from './edit/objects';
import { toolsOf } from './edit/objects';
import styles from './LabelPage.module.css';

type Row = readonly [keys: readonly string[], what: string];

/** Keys of a kind, under its name. */
interface Group {
  name: string;
  rows: readonly Row[];
}

const ALWAYS: Group = {
  name: 'Labels',
  rows: [
    [['1', '…', '0'], 'class by number; its letter works, too'],
    [['Enter'], 'accept and go on'],
    [['Backspace', 'Ctrl+Z'], 'undo, without limit'],
    [['Ctrl+Y'], 'redo'],
    [['?'], 'definitions and examples'],
  ],
};

const ONE: Row = [['Page down'], 'skip the image'];
const WHOLE: Row = [['hold a key'], 'label one image after the other with the same class'];

const VIEW: Group = {
  name: 'View',
  rows: [
    [['+', '−', 'Wheel'], 'zoom to pixels'],
    [['Space + arrows', 'Space + drag'], 'move the image; so do two fingers'],
    [['Home'], 'show the whole image'],
    [[',', '.'], 'darker, brighter'],
    [[';', ':'], 'less or more contrast'],
    [['Shift+Home'], 'brightness and contrast as they are'],
  ],
};

const GRID: Group = {
  name: 'Look-alikes',
  rows: [
    [['arrows'], 'go to an image'],
    [['Space'], 'take the image out, or put it back'],
  ],
};

const OBJECTS: Group = {
  name: 'Objects',
  rows: [
    [['N'], 'select the next object'],
    [['arrows'], 'move the object; with Shift by 10 pixels'],
    [['Alt + arrows'], 'resize the box'],
    [['Delete'], 'remove the object'],
    [['Shift+Enter'], 'attributes; Escape leaves them'],
    [['Ctrl+D'], 'copy the objects of the image before'],
    [['Escape'], 'end what is begun, then the selection'],
  ],
};

const CORNERS: Row = [['Shift+N'], 'next corner of a polygon, for the arrows'];

const TOOLS: Readonly<Record<Tool, Row>> = {
  select: [['V'], 'select'],
  box: [['B'], 'box'],
  polygon: [['P'], 'polygon; Enter closes it'],
  brush: [['M'], 'brush'],
  eraser: [['E'], 'eraser'],
  fill: [['F'], 'fill to the edges'],
};

const DRAWING: readonly Row[] = [
  [['arrows'], 'move the crosshair, where no object is selected'],
  [['X'], 'begin or end at the crosshair, set a corner, or fill'],
];

const SIZES: Row = [['[', ']'], 'smaller or larger brush, less or more fill'];

/** What the keys of a task do; every action of the page has one. */
function keyGroups(task: Task, grid: boolean): readonly Group[] {
  if (grid) return [ALWAYS, GRID];
  if (isOfWholeImages(task)) return [{ ...ALWAYS, rows: [...ALWAYS.rows, ONE, WHOLE] }, VIEW];
  const tools = toolsOf(task);
  return [
    { ...ALWAYS, rows: [...ALWAYS.rows, ONE] },
    {
      name: 'Tools',
      rows: [...tools.map((tool) => TOOLS[tool]), ...DRAWING, ...(tools.includes('brush') ? [SIZES] : [])],
    },
    tools.includes('polygon') ? { ...OBJECTS, rows: [...OBJECTS.rows, CORNERS] } : OBJECTS,
    VIEW,
  ];
}

/** The keys, for those who look for them. */
export function KeyHelp({ task, grid }: { task: Task; grid: boolean }) {
  return (
    <details className={styles.help}>
      <summary>Keys</summary>
      <div className={styles.keys}>
        {keyGroups(task, grid).map(({ name, rows }) => (
          <section key={name}>
            <h2>{name}</h2>
            <dl>
              {rows.map(([keys, what]) => (
                <div key={what}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </details>
  );
}
