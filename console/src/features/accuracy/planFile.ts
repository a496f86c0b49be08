/** A CSV file of requests with an empty column for their labels. */
export const planFile = (requests: readonly string[]): string =>
  ['request_id,label', ...requests.map((id) => `${field(id)},`)].join('\n') + '\n';

const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
