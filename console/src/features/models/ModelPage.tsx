import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useMetrics } from '../monitor/queries';
import { useModel } from './queries';
import type { Model, Rollback } from '../../api/types';
import { ActionButton } from '../../components/ActionButton';
import { AlertBanner } from '../../components/AlertBanner';
import { KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { Tag } from '../../components/Tag';
import { VersionMark } from '../../components/VersionMark';
import { Loading } from '../../components/Loading';
import { listing, milliseconds, percentage, rate, significant, taskWords } from '../../format';
import { useTitle } from '../../hooks';
import { AccuracySection } from '../accuracy/AccuracySection';
import { AuditSection } from './AuditSection';
import { DriftSection } from '../drift/DriftSection';
import { EvaluationSection } from '../evaluations/EvaluationSection';
import { MonitorSection } from '../monitor/MonitorSection';
import frame from '../../components/Page.module.css';
import styles from './ModelPage.module.css';
import { StateStrip } from './StateStrip';
import { noRollback, RollbackDialog } from '../versions/RollbackDialog';
import { QuantizationSection } from '../quantize/QuantizationSection';
import { RolloutSection } from '../rollout/RolloutSection';
import { TrafficSection } from '../traffic/TrafficSection';
import { VersionsSection } from '../versions/VersionsSection';

/** One model: what it does in production, how good it is, its versions, and who changed what. */
export function ModelPage() {
  const { name = '', section = 'monitoring' } = useParams();
  const model = useModel(name);
  const navigate = useNavigate();
  const [notice, setNotice] = useState('');
  useTitle(name);
  if (!model.data) return <Loading error={model.error} what={name} />;
  const address = `/models/${encodeURIComponent(name)}`;
  return (
    <div className={frame.page}>
      <Header model={model.data} onNotice={setNotice} />
      {model.data.alert && <AlertBanner alert={model.data.alert} />}
      <div role="status" className={styles.status} data-testid="notice">
        {notice && (
          <p className={styles.notice}>
            {notice}{' '}
            <button type="button" onClick={() => setNotice('')} aria-label="Dismiss">
              ×
            </button>
          </p>
        )}
      </div>
      <Tabs
        value={section}
        onChange={(next) => void navigate(next === 'monitoring' ? address : `${address}/${next ?? ''}`)}
        keepMounted={false}
      >
        <Tabs.List aria-label="Parts of this model">
          <Tabs.Tab value="monitoring">Overview</Tabs.Tab>
          <Tabs.Tab value="traffic">Traffic</Tabs.Tab>
          <Tabs.Tab value="drift">Drift</Tabs.Tab>
          <Tabs.Tab value="accuracy">Accuracy</Tabs.Tab>
          <Tabs.Tab value="rollout">Rollout</Tabs.Tab>
          <Tabs.Tab value="evaluation">Evaluation</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="quantization">Quantization</Tabs.Tab>
          <Tabs.Tab value="audit">Audit trail</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="monitoring" className={frame.panel}>
          <StateStrip model={model.data} />
          <MonitorSection model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="traffic" className={frame.panel}>
          <TrafficSection model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="drift" className={frame.panel}>
          <DriftSection model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="accuracy" className={frame.panel}>
          <AccuracySection model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="rollout" className={frame.panel}>
          <RolloutSection model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="evaluation" className={frame.panel}>
          <EvaluationSection model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" className={frame.panel}>
          <VersionsSection model={model.data} onNotice={setNotice} />
        </Tabs.Panel>
        <Tabs.Panel value="quantization" className={frame.panel}>
          <QuantizationSection model={model.data} onNotice={setNotice} />
        </Tabs.Panel>
        <Tabs.Panel value="audit" className={frame.panel}>
          <AuditSection audit={model.data.audit} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

interface HeaderProps {
  model: Model;
  onNotice: (notice: string) => void;
}

function Header({ model, onNotice }: HeaderProps) {
  const [rollingBack, setRollingBack] = useState(false);
  const total = useMetrics(model.name).data?.versions.find((version) => version.version === model.production)
    ?.latency_ms.total;
  const say = (done: Rollback) =>
    onNotice(`Rolled back from version ${done.from} to version ${done.to} in ${milliseconds(done.took_ms)}.`);
  return (
    <header className={frame.header}>
      <div className={frame.top}>
        <div>
          <h1>{model.name}</h1>
          <p className="quiet">
            {taskWords(model.task)}
            {model.labels.length > 0 && ` of ${listing(model.labels)}`}
          </p>
        </div>
        <div className={styles.actions}>
          <Button component={Link} to={`/predict?model=${encodeURIComponent(model.name)}`} variant="default">
            Predict
          </Button>
          <ActionButton unavailable={noRollback(model)} onClick={() => setRollingBack(true)}>
            Roll back
          </ActionButton>
        </div>
      </div>
      <KeyFigures
        facts={[
          [
            'In production',
            <span key="p" data-testid="production">
              {model.production == null ? 'none' : <VersionMark version={model.production} word />}
            </span>,
          ],
          ['Accuracy', <IntervalText key="a" figure={model.accuracy} />],
          ['Requests', rate(model.requests_per_second)],
          ['Latency p50, p99', total ? `${significant(total.p50)}, ${milliseconds(total.p99)}` : '–'],
          ...(model.canary
            ? [
                [
                  'Canary',
                  <span key="c" className={styles.canary} data-testid="canary">
                    <Tag tone="spot">
                      version {model.canary.version} on {percentage(model.canary.percent)}
                    </Tag>
                  </span>,
                ] as const,
              ]
            : []),
        ]}
      />
      {rollingBack && <RollbackDialog model={model} onDone={say} onClose={() => setRollingBack(false)} />}
    </header>
  );
}
