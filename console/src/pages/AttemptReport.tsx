import type { Model } from '../api/types';
import { Waiting } from '../components/Waiting';
import type { Attempt } from './attempts';
import { QuantizationView } from './QuantizationView';
import { useReport } from './report';

/** What one try rests on. */
export function AttemptReport({ model, attempt }: { model: Model; attempt: Attempt }) {
  const { report, error } = useReport(model.name, attempt);
  if (!report) return <Waiting error={error} what="the report" />;
  return <QuantizationView task={model.task} attempt={attempt} report={report} />;
}
