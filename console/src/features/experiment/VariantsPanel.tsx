import type { Experiment } from '../../api/types';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import { Tag } from '../../components/Tag';
import { VersionMark } from '../../components/VersionMark';
import { count, percent, percentage } from '../../format';
import styles from './Experiment.module.css';
import { isConversion, meanText } from './words';

type Variant = Experiment['variants'][number];

/** What each version was given and what came of it. */
export function VariantsPanel({ experiment }: { experiment: Experiment }) {
  const { control, design, values, variants } = experiment;
  const units = variants.reduce((sum, each) => sum + each.units, 0);
  const fallbacks = variants.some((each) => each.fallbacks > 0);
  const figure = design.metric.figure;
  return (
    <Panel
      title="Versions"
      note="A unit is a request key, or a request without one. It settles when its window is over."
    >
      <Table
        label="Versions of the experiment"
        rows={variants}
        keyOf={({ version }) => version}
        columns={[
          {
            title: 'Version',
            cell: ({ version }) => (
              <>
                <VersionMark version={version} word /> {version === control && <Tag>production</Tag>}
              </>
            ),
          },
          { title: 'Planned', number: true, cell: ({ percent: planned }) => percentage(planned) },
          {
            title: 'Share of units',
            number: true,
            cell: (each) => (units === 0 ? '–' : percent(each.units / units)),
          },
          { title: 'Units', number: true, cell: (each) => count(each.units) },
          { title: 'Settled', number: true, cell: (each) => count(each.settled) },
          ...(fallbacks
            ? [
                {
                  title: 'Fallbacks',
                  hint: 'Requests that went to production because the version was not ready',
                  number: true,
                  cell: (each: Variant) => count(each.fallbacks),
                },
              ]
            : []),
          {
            title: isConversion(design.metric) ? `With ${figure}` : `Mean of ${figure}`,
            hint: 'Per settled unit',
            number: true,
            cell: ({ mean }) => <strong>{meanText(mean, design.metric)}</strong>,
          },
        ]}
      />
      <p className={`quiet small ${styles.values}`}>
        Values of {figure}: {count(values.counted)} counted, {count(values.late)} late, {count(values.unknown)} of no
        unit of the experiment, {count(values.waiting)} waiting for their request, {count(values.repeated)} repeated.
      </p>
    </Panel>
  );
}
