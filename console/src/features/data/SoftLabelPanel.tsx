import type { SoftLabel } from '../../api/datasets';
import { Facts } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { interval, percent, plural } from '../../format';

/** How sure the label of an image is, and on how many people it rests. */
export function SoftLabelPanel({ label }: { label: SoftLabel }) {
  return (
    <Panel
      title="What the label rests on"
      note="The probability of each class, the votes, and a 95 % interval for the share of people who would say it."
    >
      <p>
        {plural(label.people, 'person', 'people')}; uncertainty {label.uncertainty.toFixed(2)} (0 is certain, 1 is
        undecided).
      </p>
      <Facts
        numbers
        facts={label.classes.map((each) => [
          each.class,
          `${percent(each.probability)}, ${each.votes} of ${label.people} (${interval(each.low, each.high)})`,
        ])}
      />
    </Panel>
  );
}
