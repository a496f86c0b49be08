import type { RaisedAlert, Silence } from '../../api/types';

/** Alerts about one model or of one kind. */
export interface AlertGroup {
  /** A model or a kind; null for the server itself. */
  name: string | null;
  alerts: RaisedAlert[];
}

const URGENCY = { critical: 0, warning: 1, info: 2 } as const;
const OPENNESS = { raised: 0, acknowledged: 1, resolved: 2 } as const;

export type Grouping = 'model' | 'kind';

/** Alerts by model or kind. Groups and alerts stand by state, then urgency, then the newest first. */
export function groups(alerts: readonly RaisedAlert[], by: Grouping = 'model'): AlertGroup[] {
  const found = new Map<string | null, RaisedAlert[]>();
  for (const alert of [...alerts].sort(order)) {
    const name = alert.subject[by] ?? null;
    found.set(name, [...(found.get(name) ?? []), alert]);
  }
  return [...found].map(([name, of]) => ({ name, alerts: of }));
}

/** Those of a group that nobody has acknowledged. */
export const raisedOf = (alerts: readonly RaisedAlert[]): RaisedAlert[] =>
  alerts.filter((alert) => alert.status.state === 'raised');

const order = (a: RaisedAlert, b: RaisedAlert): number =>
  OPENNESS[a.status.state] - OPENNESS[b.status.state] ||
  URGENCY[a.subject.severity] - URGENCY[b.subject.severity] ||
  Date.parse(b.status.since) - Date.parse(a.status.since);

/** The silence that holds an alert back for the longest. */
export const silenceOf = ({ subject }: RaisedAlert, silences: readonly Silence[]): Silence | undefined =>
  silences
    .filter(({ model, kind }) => (model ?? subject.model) === subject.model && (kind ?? subject.kind) === subject.kind)
    .sort((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];

/** "model-not-served" → "model not served" */
export const kindWords = (kind: string): string => kind.replaceAll('-', ' ');

/** The page of the console that an alert's evidence names. */
export const evidencePage = (evidence: string | null | undefined): string | undefined =>
  evidence?.startsWith('/#/') ? evidence.slice(2) : undefined;
