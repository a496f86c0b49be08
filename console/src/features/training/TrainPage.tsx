import { Link } from 'react-router';
import { useTitle } from '../../hooks';
import { TrainingSection } from './TrainingSection';
import frame from '../../components/Page.module.css';

/** Trains a model that there is not yet, from any images that the server may read. */
export function TrainPage() {
  useTitle('Train a model');
  return (
    <div className={frame.page}>
      <header>
        <h1>Train a model</h1>
        <p className="quiet">
          Not sure whether to train at all? <Link to="/advice">Compare the ways</Link>.
        </p>
      </header>
      <TrainingSection />
    </div>
  );
}
