import { Button, Tabs } from '@mantine/core';
import { Link, useNavigate, useParams } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { KeyFigures } from '../../components/Facts';
import { Loading } from '../../components/Loading';
import { count, listing, percent, taskWords } from '../../format';
import { useTitle } from '../../hooks';
import { DiagnosisSection } from '../diagnosis/DiagnosisSection';
import { DesignSection } from '../design/DesignSection';
import { AgreementSection } from '../review/AgreementSection';
import { DisagreementsSection } from '../review/DisagreementsSection';
import { ProgressSection } from '../review/ProgressSection';
import { WrongLabelsSection } from '../review/WrongLabelsSection';
import { TrainingSection } from '../training/TrainingSection';
import { ItemsSection } from './ItemsSection';
import { useDataset } from './queries';
import { DatasetVersions } from './DatasetVersions';
import frame from '../../components/Page.module.css';

/** One data set: its images, versions and classes, and what its labels are worth. */
export function DatasetPage() {
  const { name = '', section = 'images' } = useParams();
  const dataset = useDataset(name);
  const navigate = useNavigate();
  useTitle(name);
  if (!dataset.data) return <Loading error={dataset.error} what={name} />;
  const address = `/datasets/${encodeURIComponent(name)}`;
  return (
    <div className={frame.page}>
      <Header dataset={dataset.data} />
      <Tabs
        value={section}
        onChange={(next) => void navigate(next === 'images' ? address : `${address}/${next ?? ''}`)}
        keepMounted={false}
      >
        <Tabs.List aria-label="Parts of this data set">
          <Tabs.Tab value="images">Images</Tabs.Tab>
          <Tabs.Tab value="design">Design</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="labelling">Labelling</Tabs.Tab>
          <Tabs.Tab value="disagreements">Disagreements</Tabs.Tab>
          <Tabs.Tab value="agreement">Agreement</Tabs.Tab>
          <Tabs.Tab value="wrong-labels">Wrong labels</Tabs.Tab>
          <Tabs.Tab value="diagnosis">Diagnosis</Tabs.Tab>
          <Tabs.Tab value="training">Training</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="images" className={frame.panel}>
          <ItemsSection dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" className={frame.panel}>
          <DatasetVersions dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="design" className={frame.panel}>
          <DesignSection dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="labelling" className={frame.panel}>
          <ProgressSection dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="disagreements" className={frame.panel}>
          <DisagreementsSection dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="agreement" className={frame.panel}>
          <AgreementSection dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="wrong-labels" className={frame.panel}>
          <WrongLabelsSection dataset={dataset.data} />
        </Tabs.Panel>
        <Tabs.Panel value="diagnosis" className={frame.panel}>
          <DiagnosisSection dataset={dataset.data.name} classes={dataset.data.classes.map((each) => each.name)} />
        </Tabs.Panel>
        <Tabs.Panel value="training" className={frame.panel}>
          <TrainingSection dataset={dataset.data.name} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Header({ dataset: { name, task, classes, items, labelled, version } }: { dataset: Dataset }) {
  return (
    <header className={frame.header}>
      <div className={frame.top}>
        <div>
          <h1>{name}</h1>
          <p className="quiet">
            {taskWords(task)}
            {classes.length > 0 && ` of ${listing(classes.map((each) => each.name))}`}
          </p>
        </div>
        <Button component={Link} to={`/datasets/${encodeURIComponent(name)}/label`}>
          Label images
        </Button>
      </div>
      <KeyFigures
        facts={[
          ['Images', count(items)],
          ['Labelled', items === 0 ? '–' : percent(labelled / items)],
          ['Version', version ? <code key="v">{version.id.slice(0, 10)}</code> : 'none yet'],
        ]}
      />
    </header>
  );
}
