import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DriftFinding, DriftSettings, VersionDrift } from '../../api/types';
import { Verdict } from '../../components/Verdict';
import type { VerdictTone } from '../../components/Verdict';
import { ago, count, dayAndTime, percent, plural } from '../../format';
import { useNow } from '../../hooks';
import { AcceptDialog } from './AcceptDialog';
import { DriftSettingsDialog } from './DriftSettingsDialog';
import { change, heading, shownName } from './words';

interface Props {
  model: string;
  version: VersionDrift;
  settings: DriftSettings;
  onAccepted: () => void;
}

const TONES: Record<string, VerdictTone> = { alarm: 'bad', watching: 'good', learning: 'plain' };

/** Whether traffic has changed, in plain words, before any figure. */
export function DriftVerdict({ model, version, settings, onAccepted }: Props) {
  const [asking, setAsking] = useState<'accept' | 'settings' | null>(null);
  const now = useNow();
  const { phase, alarm, progress } = version;
  return (
    <Verdict
      tone={TONES[phase] ?? 'plain'}
      title={heading(version)}
      facts={[
        ['Images', count(progress.images)],
        ...(phase === 'learning'
          ? []
          : [[phase === 'alarm' ? 'Evidence of another change' : 'Evidence of a change', evidence(version)] as const]),
        ['False alarms', `at most 1 in ${plural(settings.days_per_false_alarm, 'day')}`],
        ['Checked', ago(progress.updated, now)],
      ]}
      actions={
        <>
          <Button variant="default" onClick={() => setAsking('accept')}>
            Accept traffic as usual
          </Button>
          <Button variant="subtle" onClick={() => setAsking('settings')}>
            Settings
          </Button>
        </>
      }
    >
      {alarm ? (
        <p>
          It began between {dayAndTime(alarm.earliest)} and {dayAndTime(alarm.latest)} with a probability of 95
          {'\u202f'}%, and was found after {plural(alarm.images, 'image')}, {dayAndTime(alarm.raised)}.
        </p>
      ) : (
        <p>{version.statement}</p>
      )}
      {alarm?.origin.likely_cause != null && (
        <p>
          Likely cause: <strong>{alarm.origin.likely_cause}</strong>.
        </p>
      )}
      {version.unlike_held_out.length > 0 && (
        <p>
          <strong>The live images are unlike those that the version was evaluated on:</strong>{' '}
          {version.unlike_held_out.slice(0, 3).map(unlike).join(', ')}.
        </p>
      )}
      {progress.waiting > 0 && phase !== 'alarm' && (
        <p className="quiet small">{plural(progress.waiting, 'image')} wait until there are enough to compare.</p>
      )}
      {asking === 'accept' && (
        <AcceptDialog model={model} version={version.version} onAccepted={onAccepted} onClose={() => setAsking(null)} />
      )}
      {asking === 'settings' && (
        <DriftSettingsDialog model={model} settings={settings} onClose={() => setAsking(null)} />
      )}
    </Verdict>
  );
}

const evidence = ({ evidence: share }: VersionDrift): string => `${percent(Math.min(1, share), 0)} of an alarm`;

const unlike = (finding: DriftFinding): string => `${shownName(finding.name)} ${change(finding)}`;
