import { Link } from 'react-router';
import type { Model } from '../../api/types';
import { useStates } from './states';
import styles from './StateStrip.module.css';

/** What the other pages of a model would say first, each with the way there. */
export function StateStrip({ model }: { model: Model }) {
  // the banner above says it already
  const told = model.alert == null ? null : 'drift';
  const states = useStates(model.name, model.production).filter(
    ({ section, tone }) => section === null || section !== told || tone !== 'bad',
  );
  const name = encodeURIComponent(model.name);
  if (states.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label="State of the model">
      {states.map(({ section, what, says, tone }) => (
        <li key={what} className={styles.state} data-tone={tone}>
          <Link to={section === null ? `/alerts?model=${name}` : `/models/${name}/${section}`}>{what}</Link>
          <span>{says}</span>
        </li>
      ))}
    </ul>
  );
}
