import { useQuantizationReport, useVersion } from '../api/queries';
import type { Quantization } from '../api/types';
import type { Attempt } from './attempts';

interface Report {
  report: Quantization | null | undefined;
  error: Error | null;
}

/** What was found out in one try. A version carries its report; that of a refusal is the server's to remember. */
export function useReport(name: string, { state, registered, run }: Attempt): Report {
  const version = useVersion(name, registered);
  const refused = useQuantizationReport(state === 'refused' ? (run?.id ?? null) : null);
  return { report: version.data?.quantization ?? refused.data, error: version.error ?? refused.error };
}
