import type { Dataset } from '../../api/datasets';
import type { LabelDesign } from '../../api/design';
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
  const { save, change } = useSaveDesign(dataset.name);
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
            {save.isPending
              ? 'Saving…'
              : save.isSuccess
                ? 'Saved. Save a version to keep the design with the data.'
                : ''}
          </p>
          {save.error && <ProblemNote error={save.error} />}
        </div>
      </div>
      <PilotPanel dataset={dataset} />
    </div>
  );
}
