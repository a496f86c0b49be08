import type { ReactNode } from 'react';
import type { Model } from '../../api/types';
import type { PageEntry, PageGroup } from '../../components/PageNav';
import { AccuracySection } from '../accuracy/AccuracySection';
import { DriftSection } from '../drift/DriftSection';
import { EvaluationSection } from '../evaluations/EvaluationSection';
import { ExperimentSection } from '../experiment/ExperimentSection';
import { ImagesSection } from '../images/ImagesSection';
import { MonitorSection } from '../monitor/MonitorSection';
import { QuantizationSection } from '../quantize/QuantizationSection';
import { RolloutSection } from '../rollout/RolloutSection';
import { ServiceLevelSection } from '../servicelevel/ServiceLevelSection';
import { TrafficSection } from '../traffic/TrafficSection';
import { TrainingSection } from '../training/TrainingSection';
import { VersionsSection } from '../versions/VersionsSection';
import { AuditSection } from './AuditSection';
import { StateStrip } from './StateStrip';

interface Shown {
  model: Model;
  onNotice: (notice: string) => void;
}

interface Section extends PageEntry {
  show: (shown: Shown) => ReactNode;
}

interface SectionGroup extends PageGroup {
  entries: readonly Section[];
}

/** The one whose address is that of the model. */
export const FIRST_SECTION = 'monitoring';

/** The pages of a model as its navigation has them; a new page is a line here. */
export const SECTIONS: readonly SectionGroup[] = [
  {
    name: 'In production',
    entries: [
      {
        key: FIRST_SECTION,
        label: 'Overview',
        show: ({ model }) => (
          <>
            <StateStrip model={model} />
            <MonitorSection model={model} />
          </>
        ),
      },
      { key: 'traffic', label: 'Traffic', show: ({ model }) => <TrafficSection model={model} /> },
      { key: 'images', label: 'Images', show: ({ model }) => <ImagesSection model={model} /> },
      { key: 'drift', label: 'Drift', show: ({ model }) => <DriftSection model={model} /> },
      { key: 'accuracy', label: 'Accuracy', show: ({ model }) => <AccuracySection model={model} /> },
      { key: 'service-level', label: 'Service level', show: ({ model }) => <ServiceLevelSection model={model} /> },
    ],
  },
  {
    name: 'Next version',
    entries: [
      { key: 'training', label: 'Training', show: ({ model }) => <TrainingSection model={model.name} /> },
      { key: 'evaluation', label: 'Evaluation', show: ({ model }) => <EvaluationSection model={model} /> },
      { key: 'rollout', label: 'Rollout', show: ({ model }) => <RolloutSection model={model} /> },
      { key: 'experiments', label: 'Experiments', show: ({ model }) => <ExperimentSection model={model} /> },
      { key: 'quantization', label: 'Quantization', show: (shown) => <QuantizationSection {...shown} /> },
    ],
  },
  {
    name: 'History',
    entries: [
      { key: 'versions', label: 'Versions', show: (shown) => <VersionsSection {...shown} /> },
      { key: 'audit', label: 'Audit trail', show: ({ model }) => <AuditSection audit={model.audit} /> },
    ],
  },
];

export const sectionOf = (key: string): Section | undefined =>
  SECTIONS.flatMap((group) => group.entries).find((section) => section.key === key);
