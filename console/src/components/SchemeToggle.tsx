import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import styles from './SchemeToggle.module.css';

/** Follows the system until it is pressed once. */
export function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-label={`Switch to ${other} colours`}
      title={`Switch to ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M9 2.4a6.6 6.6 0 0 1 0 13.2z" fill="currentColor" />
      </svg>
    </button>
  );
}
