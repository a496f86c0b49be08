import styles from './Training.module.css';

interface Props {
  label: string;
  /** What it means, where that is not plain. */
  description?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A setting that is on or off. */
export function Flag({ label, description, checked, onChange }: Props) {
  return (
    <div className={styles.flag}>
      <label>
        <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} /> {label}
      </label>
      {description != null && <p>{description}</p>}
    </div>
  );
}
