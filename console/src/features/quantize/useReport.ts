import { useQuantizationReport } from './queries';
import { useVersion } from '../versions/queries';
import type { QuantizationReport } from '../../api/types';
import type { Quantization } from './quantizations';

interface Report {
  report: QuantizationReport | null | undefined;
  error: Error | null;
}

/** The report of one quantization. A version carries its report; that of a refusal is with its job. */
export function useReport(name: string, { state, registered, job }: Quantization): Report {
  const version = useVersion(name, registered);
  const refused = useQuantizationReport(state === 'refused' ? (job?.id ?? null) : null);
  return { report: version.data?.quantization ?? refused.data, error: version.error ?? refused.error };
}
