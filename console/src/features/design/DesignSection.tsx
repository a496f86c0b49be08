import { useState } from 'react';
import type { Dataset } from '../../api/datasets';
import type { LabelDesign, NewLabelDesign } from '../../api/design';
import { Loading } from '../../components/Loading';
import { ProblemNote } from '../../components/ProblemNote';
import { ClassesPanel } from './ClassesPanel';
import { FindingsPanel } from './FindingsPanel';
import { PilotPanel } from './PilotPanel';
import { QuestionPanel } from './QuestionPanel';
import { useDesign, useSaveDesign } from './queries';
import styles from './Design.module.css';

/** The question before the labels: what people answer, the classes, what the checks find, and the pilot. */
export function DesignSection({ dataset }: { dataset: Dataset }) {
  const design = useDesign(dataset.name);
  if (!design.data) return <Loading error={design.error} what="the design" />;
  return <Design dataset={dataset} design={design.data} />;
}

/** Changes are stored at once, so that the findings are those of what is shown. */
function Design({ dataset, design }: { dataset: Dataset; design: LabelDesign }) {
  const save = useSaveDesign(dataset.name);
  const [saved, setSaved] = useState(false);
  const change = (next: Partial<NewLabelDesign>) => {
    const { question, several_apply, none_applies, classes } = design;
    save.mutate({ question, several_apply, none_applies, classes, ...next }, { onSuccess: () => setSaved(true) });
  };
  return (
    <div className={styles.section}>
      <div className={styles.columns}>
        <div className={styles.section}>
          <QuestionPanel dataset={dataset} design={design} onChange={change} />
          <ClassesPanel dataset={dataset} design={design} onChange={change} />
        </div>
        <div className={styles.beside}>
          <FindingsPanel dataset={dataset} design={design} />
          <p role="status" className="quiet small">
            {save.isPending ? 'Saving…' : saved ? 'Saved. Save a version to keep the design with the data.' : ''}
          </p>
          {save.error && <ProblemNote error={save.error} />}
        </div>
      </div>
      <PilotPanel dataset={dataset} />
    </div>
  );
}
