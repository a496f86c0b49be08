import type { Model } from '../../api/types';
import { Loading } from '../../components/Loading';
import type { Quantization } from './quantizations';
import { QuantizationView } from './QuantizationView';
import { useReport } from './useReport';

/** The evidence of one quantization. */
export function QuantizationReportPanel({ model, quantization }: { model: Model; quantization: Quantization }) {
  const { report, error } = useReport(model.name, quantization);
  if (!report) return <Loading error={error} what="the report" />;
  return <QuantizationView task={model.task} quantization={quantization} report={report} />;
}
