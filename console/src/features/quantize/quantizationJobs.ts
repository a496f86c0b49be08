import type { Job, QuantizationRequest } from '../../api/types';

/** A quantization job as the pages show it. */
export interface QuantizationJob {
  id: string;
  model: string;
  version: number;
  precision: string;
  /** Images that were named; empty for what the version was trained on. */
  data: string;
  state: 'queued' | 'running' | 'registered' | 'refused' | 'failed' | 'cancelled' | 'interrupted';
  started_at: string;
  ended_at: string | null;
  step: Job['step'];
  registered: number | null;
  message: string | null;
}

/** The quantizations among jobs of all kinds. */
export const quantizationJobs = (jobs: readonly Job[]): QuantizationJob[] => jobs.flatMap(quantizationJob);

export function quantizationJob(job: Job): QuantizationJob[] {
  const { request, times, result, failure } = job;
  if (request.type !== 'quantize') return [];
  const isMadeAlready = failure?.code === 'STATE_CONFLICT';
  return [
    {
      id: job.id,
      model: request.model,
      version: request.version ?? 0,
      precision: precisionOf(request),
      data: request.data ?? '',
      state: isMadeAlready ? 'refused' : stateOf(job),
      started_at: times.started_at ?? times.created_at,
      ended_at: times.ended_at,
      step: job.step,
      registered: result?.version ?? null,
      message: isMadeAlready
        ? failure.message
        : (result?.refused ?? (failure && `${failure.code}: ${failure.message}`)),
    },
  ];
}

function stateOf({ state, result }: Job): QuantizationJob['state'] {
  if (state !== 'done') return state;
  return result?.version == null ? 'refused' : 'registered';
}

const precisionOf = ({ precision }: QuantizationRequest): string =>
  precision === '' || precision == null ? 'int8' : precision;

/** Whether it is queued or running. */
export const isOpen = ({ state }: Pick<QuantizationJob, 'state'>): boolean => state === 'queued' || state === 'running';
