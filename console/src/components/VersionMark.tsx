import styles from './VersionMark.module.css';

/** A version keeps its colour in every chart and table. */
export const versionColor = (version: number): string => `var(--data-${((version - 1) % 4) + 1})`;

export function VersionMark({ version, word = false }: { version: number; word?: boolean }) {
  return (
    <span className={styles.mark}>
      <span className={styles.disc} style={{ background: versionColor(version) }} aria-hidden="true" />
      {word ? `Version ${version}` : version}
    </span>
  );
}
