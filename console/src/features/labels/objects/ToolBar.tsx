import type { Task } from '../../../api/datasets';
import { TOOL_KEYS, toolsOf } from '../edit/objects';
import type { Tool } from '../edit/objects';
import { Range } from '../stage/Adjustments';
import type { Setup } from './ObjectBench';
import styles from './Objects.module.css';

const NAMES: Readonly<Record<Tool, string>> = {
  select: 'Select',
  box: 'Box',
  polygon: 'Polygon',
  brush: 'Brush',
  eraser: 'Eraser',
  fill: 'Fill',
};

interface Props {
  task: Task;
  setup: Setup;
  onSetup: (change: Partial<Setup>) => void;
}

/** The tools of the task, and the size of the one in use. */
export function ToolBar({ task, setup: { tool, brush }, onSetup }: Props) {
  return (
    <div className={styles.tools}>
      <div role="group" aria-label="Tools" className={styles.row}>
        {toolsOf(task).map((each) => (
          <button
            key={each}
            type="button"
            className={styles.tool}
            aria-pressed={each === tool}
            aria-keyshortcuts={TOOL_KEYS[each]}
            onClick={() => onSetup({ tool: each })}
          >
            {NAMES[each]} <kbd aria-hidden="true">{TOOL_KEYS[each].toUpperCase()}</kbd>
          </button>
        ))}
      </div>
      {(tool === 'brush' || tool === 'eraser') && (
        <Range
          name="Size"
          keys="[ ]"
          min={0.5}
          max={100}
          step={0.5}
          value={brush.radius}
          onChange={(radius) => onSetup({ brush: { ...brush, radius } })}
        />
      )}
      {tool === 'fill' && (
        <Range
          name="Tolerance"
          keys="[ ]"
          min={1}
          max={128}
          step={1}
          value={brush.tolerance}
          onChange={(tolerance) => onSetup({ brush: { ...brush, tolerance } })}
        />
      )}
    </div>
  );
}
