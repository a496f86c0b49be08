import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ExperimentPlan, Model } from '../../api/types';
import { Panel } from '../../components/Panel';
import { ProblemNote } from '../../components/ProblemNote';
import { Table } from '../../components/Table';
import { capital, count, percent, significant } from '../../format';
import { draftOf, draftProblem, planOf } from './draft';
import type { Draft } from './draft';
import styles from './Experiment.module.css';
import { FigureFields, UsualFields, VariantFields } from './PlanFields';
import { usePlan } from './queries';
import { StartFields } from './StartFields';
import { effectText, meanText } from './words';

/** Plans an experiment with its length, then starts it. */
export function PlanPanel({ model }: { model: Model }) {
  const versions = model.versions
    .filter((each) => each.version !== model.production && !each.archived && each.state !== 'failed')
    .map((each) => each.version)
    .sort((a, b) => a - b);
  if (model.production == null || versions.length === 0)
    return (
      <Panel title="Plan an experiment">
        <p className="quiet">An experiment needs a version in production and another one to compare with it.</p>
      </Panel>
    );
  return <Plan model={model.name} control={model.production} versions={versions} />;
}

function Plan({ model, control, versions }: { model: string; control: number; versions: readonly number[] }) {
  const [draft, setDraft] = useState(draftOf(versions));
  const plan = usePlan(model);
  const problem = draftProblem(draft);
  const change = (next: Draft) => {
    setDraft(next);
    plan.reset();
  };
  return (
    <Panel
      title="Plan an experiment"
      note="Versions share the traffic and are compared by a business figure, such as orders, that you report with POST /v1/kpis."
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === undefined) plan.mutate(planOf(draft));
        }}
      >
        <VariantFields draft={draft} control={control} versions={versions} onChange={change} />
        <FigureFields draft={draft} onChange={change} />
        <UsualFields draft={draft} onChange={change} />
        <div className={styles.actions}>
          <Button type="submit" loading={plan.isPending} disabled={problem !== undefined}>
            How long would it take?
          </Button>
          {problem !== undefined && <span className="quiet small">{problem}</span>}
        </div>
      </form>
      {plan.error && <ProblemNote error={plan.error} />}
      {plan.data && (
        <div className={styles.planned}>
          <Planned plan={plan.data} draft={draft} />
          <StartFields model={model} plan={plan.data} draft={draft} onChange={setDraft} />
        </div>
      )}
    </Panel>
  );
}

/** Units and days of each way to analyse. */
function Planned({ plan, draft }: { plan: ExperimentPlan; draft: Draft }) {
  const effect = draft.kind === 'conversion' ? draft.effect / 100 : draft.effect;
  return (
    <>
      <p role="status">
        {draft.figure.trim()} is {meanText(plan.mean, draft)} per unit in production. An effect of{' '}
        {effectText(effect, draft)} is shown with a probability of {percent(plan.power, 0)} after:
      </p>
      <Table
        dense
        label="Length of the experiment"
        rows={plan.tests}
        keyOf={({ test }) => test}
        columns={[
          { title: 'Analysis', cell: ({ test }) => capital(test) },
          { title: 'Units', number: true, cell: ({ units }) => count(units) },
          {
            title: 'Days',
            hint: `At ${significant(plan.per_day)} units a day`,
            number: true,
            cell: ({ days }) => (plan.per_day > 0 ? significant(days) : '–'),
          },
        ]}
      />
      {plan.per_day === 0 && (
        <p className="quiet small">There was no traffic to compute days from; state the units a day.</p>
      )}
    </>
  );
}
