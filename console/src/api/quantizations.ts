import type { Job, Quantization, QuantizationRequest } from './types';

/** A quantization job as the pages show it. */
export interface QuantizationRun {
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

/** One with everything that was found out. */
export interface QuantizationDetails extends QuantizationRun {
  report: Quantization | null;
}

/** The quantizations among jobs of all kinds. */
export const quantizationsOf = (jobs: readonly Job[]): QuantizationRun[] => jobs.flatMap(quantizationOf);

export function quantizationOf(job: Job): QuantizationRun[] {
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

function stateOf({ state, result }: Job): QuantizationRun['state'] {
  if (state !== 'done') return state;
  return result?.version == null ? 'refused' : 'registered';
}

const precisionOf = ({ precision }: QuantizationRequest): string =>
  precision === '' || precision == null ? 'int8' : precision;

/** Whether it waits or runs. */
export const isOpen = ({ state }: Pick<QuantizationRun, 'state'>): boolean => state === 'queued' || state === 'running';
