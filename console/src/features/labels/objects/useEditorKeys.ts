import type { Task } from '../../../api/datasets';
import { TOOL_KEYS, toolsOf } from '../edit/objects';
import type { Tool } from '../edit/objects';
import type { ClassKeys } from '../queue/keys';
import { arrowOf, classOfKey, commandOf } from '../queue/keys';
import { useKeys } from '../queue/useKeys';
import { adjusted } from '../stage/adjusting';
import type { Adjustment } from '../stage/adjusting';

/** What keys do to the objects of an image. */
export interface EditorActions {
  /** False where there is nothing to move, so that the key goes on to the page. */
  arrow: (dx: number, dy: number, resizes: boolean) => boolean;
  /** What a pointer does at the crosshair. */
  press: () => void;
  nextObject: () => void;
  nextCorner: () => void;
  remove: () => void;
  editAttributes: () => void;
  copy: () => void;
  back: () => void;
  forward: () => void;
  accept: () => void;
  skip: () => void;
  escape: () => void;
  chooseTool: (tool: Tool) => void;
  chooseClass: (index: number) => void;
  resizeBrush: (factor: number) => void;
  adjust: (adjustment: Adjustment) => void;
}

interface Parts {
  task: Task;
  keys: readonly ClassKeys[];
  adjustment: Adjustment;
  keysOn: boolean;
}

/** Every action of the editor by a key. */
export function useEditorKeys({ task, keys, adjustment, keysOn }: Parts, actions: EditorActions): void {
  function letter(event: KeyboardEvent): boolean {
    // on some layouts brackets are typed with AltGr, which counts as Ctrl and Alt
    if (event.key === '[' || event.key === ']') {
      actions.resizeBrush(event.key === ']' ? 1.25 : 0.8);
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = event.key.toLowerCase();
    const tool = toolsOf(task).find((each) => TOOL_KEYS[each] === key);
    if (tool) actions.chooseTool(tool);
    else if (key === 'x') {
      if (!event.repeat) actions.press();
    } else if (key === 'n' && event.shiftKey) actions.nextCorner();
    else if (key === 'n') actions.nextObject();
    else {
      const index = classOfKey(keys, event.key);
      if (index < 0) return false;
      actions.chooseClass(index);
    }
    return true;
  }

  useKeys((event) => {
    const arrow = arrowOf(event);
    if (arrow) return !event.ctrlKey && !event.metaKey && actions.arrow(arrow.dx, arrow.dy, event.altKey);
    const shown = adjusted(adjustment, event);
    if (shown) {
      actions.adjust(shown);
      return true;
    }
    switch (commandOf(event)) {
      case 'undo':
        actions.back();
        return true;
      case 'redo':
        actions.forward();
        return true;
      case 'accept':
        if (!event.repeat) actions.accept();
        return true;
      case 'attributes':
        actions.editAttributes();
        return true;
      case 'skip':
        actions.skip();
        return true;
      case 'copy':
        actions.copy();
        return true;
      case 'remove':
        actions.remove();
        return true;
      case 'escape':
        actions.escape();
        return true;
      case 'help':
      case null:
        return letter(event);
    }
  }, keysOn);
}
