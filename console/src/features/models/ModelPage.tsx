import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMetrics } from '../monitor/queries';
import { useModel } from './queries';
import type { Model, Rollback } from '../../api/types';
import { ActionButton } from '../../components/ActionButton';
import { AlertBanner } from '../../components/AlertBanner';
import { KeyFigures } from '../../components/Facts';
import { IntervalText } from '../../components/Interval';
import { SplitTags } from '../../components/SplitTags';
import { Tag } from '../../components/Tag';
import { VersionMark } from '../../components/VersionMark';
import { Loading } from '../../components/Loading';
import { NotFoundPage } from '../../components/NotFoundPage';
import { PageNav } from '../../components/PageNav';
import { listing, milliseconds, rate, significant, shareText, taskWords } from '../../format';
import { useTitle } from '../../hooks';
import frame from '../../components/Page.module.css';
import styles from './ModelPage.module.css';
import { FIRST_SECTION, sectionOf, SECTIONS } from './sections';
import { useMarks } from './states';
import { noRollback, RollbackDialog } from '../versions/RollbackDialog';

/** One model: what it does in production, how good it is, its versions, and who changed what. */
export function ModelPage() {
  const { name = '', section = FIRST_SECTION } = useParams();
  const model = useModel(name);
  const [notice, setNotice] = useState('');
  useTitle(name);
  const marks = useMarks(name, model.data?.production);
  if (!model.data) return <Loading error={model.error} what={name} />;
  const address = `/models/${encodeURIComponent(name)}`;
  const shown = sectionOf(section);
  const isFirst = section === FIRST_SECTION;
  return (
    <div className={frame.page}>
      <Header model={model.data} isFirst={isFirst} onNotice={setNotice} />
      {model.data.alert && isFirst && <AlertBanner alert={model.data.alert} page={`${address}/drift`} />}
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
      <div className={styles.parts}>
        <PageNav
          label="Parts of this model"
          groups={SECTIONS}
          current={section}
          addressOf={(key) => (key === FIRST_SECTION ? address : `${address}/${key}`)}
          marks={marks}
        />
        {shown ? (
          <section aria-label={shown.label} data-testid="part">
            {shown.show({ model: model.data, onNotice: setNotice })}
          </section>
        ) : (
          <NotFoundPage />
        )}
      </div>
    </div>
  );
}

interface HeaderProps {
  model: Model;
  /** On the first page; on the others, narrow screens show the name only. */
  isFirst: boolean;
  onNotice: (notice: string) => void;
}

function Header({ model, isFirst, onNotice }: HeaderProps) {
  const [rollingBack, setRollingBack] = useState(false);
  const total = useMetrics(model.name).data?.versions.find((version) => version.version === model.production)
    ?.latency_ms.total;
  const say = (done: Rollback) =>
    onNotice(`Rolled back from version ${done.from} to version ${done.to} in ${milliseconds(done.took_ms)}.`);
  return (
    <header className={`${frame.header} ${styles.header}`} data-brief={!isFirst || undefined}>
      <div className={frame.top}>
        <div>
          <h1>{model.name}</h1>
          <p className={`quiet ${styles.task}`}>
            {taskWords(model.task)}
            {model.labels.length > 0 && ` of ${listing(model.labels)}`}
          </p>
          <p className={styles.brief}>
            {model.production == null ? (
              'nothing in production'
            ) : (
              <>
                <VersionMark version={model.production} word /> in production
              </>
            )}
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
          ['Accuracy in evaluation', <IntervalText key="a" figure={model.accuracy} />],
          ['Requests', rate(model.requests_per_second)],
          ['Latency p50, p99', total ? `${significant(total.p50)}, ${milliseconds(total.p99)}` : '–'],
          ...(model.canary
            ? [
                [
                  'Canary',
                  <span key="c" className={styles.canary} data-testid="canary">
                    <Tag tone="spot">{shareText(model.canary)}</Tag>
                  </span>,
                ] as const,
              ]
            : []),
          ...(model.split.length > 0
            ? [
                [
                  'Experiment',
                  <span key="x" className={styles.canary} data-testid="split">
                    <SplitTags shares={model.split} />
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
