import { useTitle } from '../../hooks';
import { TrainingSection } from './TrainingSection';
import frame from '../../components/Page.module.css';

/** Trains a model that there is not yet, from any images that the server may read. */
export function TrainPage() {
  useTitle('Train a model');
  return (
    <div className={frame.page}>
      <h1>Train a model</h1>
      <TrainingSection />
    </div>
  );
}
