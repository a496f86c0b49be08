import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Model, VersionDrift } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { VersionChoice } from '../../components/VersionChoice';
import { CourseCharts } from './CourseCharts';
import styles from './Drift.module.css';
import { DriftImages, NearestHeldOut } from './DriftImages';
import { DriftVerdict } from './DriftVerdict';
import { FindingsPanel } from './FindingsPanel';
import { LabelShares } from './LabelShares';
import { useDrift } from './queries';
import { SeenChanges } from './SeenChanges';

/** Whether the traffic of a version has changed; an address may name the version. */
export function DriftSection({ model }: { model: Model }) {
  const drift = useDrift(model.name);
  const [parameters, setParameters] = useSearchParams();
  const [notice, setNotice] = useState('');
  if (!drift.data) return <Loading error={drift.error} what="the drift" />;
  const { versions, settings } = drift.data;
  const wanted = [Number(parameters.get('version')), model.production];
  const version =
    wanted.map((number) => versions.find((each) => each.version === number)).find((found) => found) ?? versions[0];
  if (!version) return <NoTraffic model={model} />;
  return (
    <div className={styles.section}>
      <VersionChoice
        versions={versions.map((each) => each.version)}
        version={version.version}
        onChoose={(number) => setParameters({ version: String(number) }, { replace: true })}
      />
      <DriftVerdict
        model={model.name}
        version={version}
        settings={settings}
        onAccepted={() => setNotice('The traffic is accepted. It is compared with from the next minute on.')}
      />
      <p role="status" className="quiet">
        {notice}
      </p>
      <Details key={version.version} model={model.name} version={version} />
    </div>
  );
}

function Details({ model, version }: { model: string; version: VersionDrift }) {
  const { alarm } = version;
  return (
    <>
      {alarm && <FindingsPanel alarm={alarm} />}
      {alarm && <DriftImages model={model} version={version.version} alarm={alarm} />}
      <CourseCharts model={model} version={version} />
      <LabelShares model={model} version={version} />
      {alarm && <NearestHeldOut nearest={alarm.origin.nearest_held_out} />}
      {version.seen_within_day.length > 0 && <SeenChanges changes={version.seen_within_day} />}
    </>
  );
}

function NoTraffic({ model }: { model: Model }) {
  return (
    <Panel title="No traffic yet">
      <p className="quiet">
        {model.production == null
          ? 'No version is in production. Promote one under Versions; its traffic is watched from the first request on.'
          : `Version ${model.production} has no predictions yet. Its traffic is watched from the first request on.`}
      </p>
    </Panel>
  );
}
