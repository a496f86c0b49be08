import type { ClassDefinition } from '../../../api/datasets';
import type { ClassKeys } from '../queue/keys';
import styles from './ClassPad.module.css';

interface Props {
  classes: readonly ClassDefinition[];
  keys: readonly ClassKeys[];
  /** Names that are chosen now. */
  chosen: readonly string[];
  /** Names that the model suggests. */
  suggested: readonly string[];
  /** Whether several may be chosen. */
  several?: boolean;
  disabled?: boolean;
  onChoose: (index: number) => void;
}

/** One button for each class, with its keys and its definition. */
export function ClassPad({ classes, keys, chosen, suggested, several = false, disabled = false, onChoose }: Props) {
  return (
    <ul className={styles.pad} aria-label="Classes">
      {classes.map(({ name, definition }, index) => (
        <li key={name}>
          <button
            type="button"
            className={styles.choice}
            aria-pressed={chosen.includes(name)}
            aria-disabled={disabled || undefined}
            aria-keyshortcuts={[keys[index]?.digit, keys[index]?.letter].filter(Boolean).join(' ') || undefined}
            data-suggested={suggested.includes(name) || undefined}
            data-several={several || undefined}
            onClick={() => onChoose(index)}
          >
            <span className={styles.keys} aria-hidden="true">
              {keys[index]?.digit && <kbd>{keys[index].digit}</kbd>}
              {keys[index]?.letter && <kbd>{keys[index].letter}</kbd>}
            </span>
            <span className={styles.words}>
              <span className={styles.name} dir="auto">
                {name}
              </span>
              {definition && (
                <span className={styles.definition} dir="auto">
                  {definition}
                </span>
              )}
            </span>
            {suggested.includes(name) && <span className={styles.mark}>suggested</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
