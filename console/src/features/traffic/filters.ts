/** What of the log is shown; empty texts show all. */
export interface TrafficFilter {
  days: number;
  version: string;
  label: string;
  client: string;
  /** `NAME=VALUE` */
  tag: string;
}

export const DAYS = [1, 7, 30, 90];

/** The filter in the address of a page. */
export const filterOf = (parameters: URLSearchParams): TrafficFilter => ({
  days: DAYS.find((days) => days === Number(parameters.get('days'))) ?? 30,
  version: parameters.get('version') ?? '',
  label: parameters.get('label') ?? '',
  client: parameters.get('client') ?? '',
  tag: parameters.get('tag') ?? '',
});

/** The address of a page with a filter. */
export const addressOf = ({ days, ...texts }: TrafficFilter): URLSearchParams =>
  new URLSearchParams([
    ...(days === 30 ? [] : [['days', String(days)]]),
    ...Object.entries(texts).filter(([, text]) => text !== ''),
  ]);

const HOUR_MS = 3_600_000;

/** The question to the server. Time begins with an hour, so that it stays the same for a while. */
export function queryOf({ days, ...texts }: TrafficFilter, now: number): URLSearchParams {
  const from = new Date((Math.floor(now / HOUR_MS) - 24 * days) * HOUR_MS).toISOString();
  return new URLSearchParams([['from', from], ...Object.entries(texts).filter(([, text]) => text !== '')]);
}

/** Whether a tag is as the server takes it. */
export const isTag = (text: string): boolean => text === '' || /^[^=]+=/.test(text);
