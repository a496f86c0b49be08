import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Dataset } from '../../api/datasets';
import { isOfWholeImages } from '../../api/datasets';
import type { DesignFinding, LabelDesign } from '../../api/design';
import { ProblemNote } from '../../components/ProblemNote';
import { count } from '../../format';
import { useCheck } from '../review/queries';
import { ExampleImages } from './ExampleImages';
import styles from './Design.module.css';

/** What the checks found: the verdict, then each thing with why it matters and what to do. */
export function FindingsPanel({ dataset, design }: { dataset: Dataset; design: LabelDesign }) {
  return (
    <section className={styles.findings} aria-labelledby="design-verdict" data-ready={design.ready || undefined}>
      <h2 id="design-verdict" aria-live="polite" data-testid="design-verdict">
        {design.verdict}
      </h2>
      <ul className={styles.list} aria-label="Findings">
        {design.findings.map((finding) => (
          <li key={`${finding.kind}\n${finding.problem}`}>
            <Finding dataset={dataset.name} finding={finding} />
          </li>
        ))}
      </ul>
      {isOfWholeImages(dataset.task) && <Comparison dataset={dataset} design={design} />}
    </section>
  );
}

function Finding({ dataset, finding }: { dataset: string; finding: DesignFinding }) {
  return (
    <article className={styles.finding} data-costly={finding.costly || undefined}>
      <p className={styles.kind}>{finding.costly ? 'Costs labels' : 'Advice'}</p>
      <h3>{finding.problem}</h3>
      <p className="quiet">{finding.why}</p>
      <p>{finding.remedy}</p>
      {finding.images.length > 0 && (
        <ExampleImages dataset={dataset} title="Images" of={finding.classes.join(' and ')} images={finding.images} />
      )}
    </article>
  );
}

/** Whether embeddings tell the classes apart: a job, because all images are read. */
function Comparison({ dataset, design: { compared } }: { dataset: Dataset; design: LabelDesign }) {
  const client = useQueryClient();
  const check = useCheck(dataset.name);
  return (
    <div className={styles.comparison}>
      <p className="quiet small">
        {compared
          ? compared.images > 0
            ? `${count(compared.images)} labelled images were compared by ${compared.embeddings}.`
            : 'There are too few labelled images to compare the classes by their embeddings.'
          : 'Whether images of two classes can be told apart shows when labelled images are compared by their embeddings.'}
      </p>
      <Button
        variant="default"
        disabled={check.isPending || dataset.labelled === 0}
        onClick={() =>
          check.mutate(undefined, {
            onSuccess: () => void client.invalidateQueries({ queryKey: ['design', dataset.name] }),
          })
        }
      >
        {check.isPending ? 'Comparing…' : compared ? 'Compare again' : 'Compare the classes'}
      </Button>
      {check.error && <ProblemNote error={check.error} />}
    </div>
  );
}
