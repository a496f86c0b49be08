import type { Task } from '../../api/datasets';
import { isOfWholeImages } from '../../api/datasets';
import styles from './LabelPage.module.css';

type Row = readonly [keys: readonly string[], what: string];

const ALWAYS: readonly Row[] = [
  [['1', '…', '0'], 'class by number; its letter works, too'],
  [['Enter'], 'accept and go on'],
  [['Backspace', 'Ctrl+Z'], 'undo, without limit'],
  [['Ctrl+Y'], 'redo'],
  [['Page down'], 'skip the image'],
  [['Wheel', '+', '−'], 'zoom to pixels'],
  [['Space + drag'], 'pan'],
  [['Home'], 'show the whole image'],
  [['?'], 'definitions and examples'],
];

const WHOLE: readonly Row[] = [[['hold a key'], 'label one image after the other with the same class']];

const GRID: readonly Row[] = [
  [['arrows'], 'go to an image'],
  [['Space'], 'take the image out, or put it back'],
];

const OBJECTS: readonly Row[] = [
  [['V', 'B', 'P'], 'select, box, polygon'],
  [['M', 'E', 'F'], 'brush, eraser, fill to the edges'],
  [['[', ']'], 'smaller or larger brush, less or more fill'],
  [['arrows'], 'move the object; with Shift by 10 pixels, with Alt resize'],
  [['N'], 'select the next object'],
  [['Delete'], 'remove the object'],
  [['Ctrl+D'], 'copy the objects of the image before'],
];

/** The keys, for those who look for them. */
export function KeyHelp({ task }: { task: Task }) {
  const rows = isOfWholeImages(task) ? [...ALWAYS, ...WHOLE, ...GRID] : [...ALWAYS, ...OBJECTS];
  return (
    <details className={styles.help}>
      <summary>Keys</summary>
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
    </details>
  );
}
