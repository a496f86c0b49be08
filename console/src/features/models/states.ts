import { useOpenAlerts } from '../../api/queries';
import type { PageMark } from '../../components/PageNav';
import type { VerdictTone } from '../../components/Verdict';
import { plural } from '../../format';
import { useDrift } from '../drift/queries';
import { heading } from '../drift/words';
import { useExperiments } from '../experiment/queries';
import { headline } from '../experiment/words';
import { useRollouts } from '../rollout/queries';
import { title } from '../rollout/words';

/** What a page would say first. */
export interface PageState {
  /** The page of the model; null for the alerts, which are of all models. */
  section: string | null;
  what: string;
  says: string;
  tone: VerdictTone;
}

/** What the other pages of a model would say first: only what there is. */
export function useStates(model: string, production: number | null | undefined): PageState[] {
  const alerts = useOpenAlerts().data?.alerts.filter((alert) => alert.subject.model === model) ?? [];
  const drift = useDrift(model).data?.versions.find((version) => version.version === production);
  const rollout = useRollouts(model).data?.[0];
  const experiment = useExperiments(model).data?.[0];
  const critical = alerts.filter((alert) => alert.subject.severity === 'critical').length;
  const states: PageState[] = [];
  if (alerts.length > 0)
    states.push({
      section: null,
      what: 'Alerts',
      says: `${plural(alerts.length, 'open alert')}${critical > 0 ? `, ${critical} critical` : ''}`,
      tone: critical > 0 ? 'bad' : 'warn',
    });
  if (drift)
    states.push({
      section: 'drift',
      what: 'Drift',
      says: heading(drift),
      tone: drift.phase === 'alarm' ? 'bad' : drift.phase === 'watching' ? 'good' : 'plain',
    });
  if (rollout && rollout.progress.state !== 'ended')
    states.push({ section: 'rollout', what: 'Rollout', says: title(rollout), tone: 'warn' });
  if (experiment && experiment.progress.state !== 'ended')
    states.push({
      section: 'experiments',
      what: 'Experiment',
      says: headline(experiment),
      tone: experiment.progress.mismatch == null ? 'warn' : 'bad',
    });
  return states;
}

/** Marks for the pages where something is wrong or under way. */
export function useMarks(model: string, production: number | null | undefined): Record<string, PageMark> {
  const marks: Record<string, PageMark> = {};
  for (const { section, tone } of useStates(model, production))
    if (section !== null && (tone === 'bad' || tone === 'warn'))
      marks[section] = { tone, text: tone === 'bad' ? 'alarm' : 'under way' };
  return marks;
}
