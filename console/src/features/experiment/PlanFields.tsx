import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { VersionMark } from '../../components/VersionMark';
import { percentage } from '../../format';
import { restOf, withVariant } from './draft';
import type { Draft } from './draft';
import styles from './Experiment.module.css';

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

interface VariantProps extends Props {
  control: number;
  versions: readonly number[];
}

/** Which versions take part, and with which share of the traffic. */
export function VariantFields({ draft, control, versions, onChange }: VariantProps) {
  return (
    <fieldset className={styles.group}>
      <legend>Versions</legend>
      <p className={styles.variant}>
        <span>
          <VersionMark version={control} word />, in production
        </span>
        <span className="number">{percentage(Math.max(0, restOf(draft)))}</span>
      </p>
      {versions.map((version) => {
        const share = draft.percents[version];
        return (
          <div key={version} className={styles.variant}>
            <label>
              <input
                type="checkbox"
                checked={share !== undefined}
                onChange={(event) => onChange(withVariant(draft, version, event.currentTarget.checked))}
              />{' '}
              <VersionMark version={version} word />
            </label>
            {share !== undefined && (
              <NumberInput
                aria-label={`Percent of the traffic for version ${version}`}
                min={0.01}
                max={99.99}
                value={share}
                hideControls
                suffix={'\u202f%'}
                onChange={(value) => onChange({ ...draft, percents: { ...draft.percents, [version]: Number(value) } })}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

/** What is compared, and what difference matters. */
export function FigureFields({ draft, onChange }: Props) {
  const isConversion = draft.kind === 'conversion';
  return (
    <fieldset className={`${styles.group} ${styles.fields}`}>
      <legend>Figure</legend>
      <TextInput
        label="Business figure"
        placeholder="e.g. orders"
        value={draft.figure}
        maxLength={64}
        onChange={(event) => onChange({ ...draft, figure: event.currentTarget.value })}
      />
      <NativeSelect
        label="Compared as"
        value={draft.kind}
        data={[
          { value: 'conversion', label: 'yes or no per unit' },
          { value: 'number', label: 'sum per unit' },
        ]}
        onChange={(event) =>
          onChange({ ...draft, kind: event.currentTarget.value === 'number' ? 'number' : 'conversion' })
        }
      />
      <NativeSelect
        label="Better is"
        value={draft.better}
        data={['higher', 'lower']}
        onChange={(event) => onChange({ ...draft, better: event.currentTarget.value === 'lower' ? 'lower' : 'higher' })}
      />
      <NumberInput
        label={isConversion ? 'Smallest effect, in points' : 'Smallest effect'}
        min={0}
        value={draft.effect}
        hideControls
        onChange={(value) => onChange({ ...draft, effect: Number(value) })}
      />
      {!isConversion && (
        <>
          <Text label="Least sum that counts" of="low" placeholder="no limit" draft={draft} onChange={onChange} />
          <Text label="Greatest sum that counts" of="high" placeholder="no limit" draft={draft} onChange={onChange} />
        </>
      )}
    </fieldset>
  );
}

/** What is known of production; what is left empty is measured over the last 7 days. */
export function UsualFields(props: Props) {
  return (
    <fieldset className={`${styles.group} ${styles.fields}`}>
      <legend>In production, measured over the last 7 days where empty</legend>
      {props.draft.kind === 'conversion' ? (
        <Text label="Units with the figure, in %" of="rate" placeholder="measured" {...props} />
      ) : (
        <>
          <Text label="Mean per unit" of="mean" placeholder="measured" {...props} />
          <Text label="Standard deviation" of="deviation" placeholder="measured" {...props} />
        </>
      )}
      <Text label="Units a day" of="perDay" placeholder="measured" {...props} />
    </fieldset>
  );
}

interface TextProps extends Props {
  label: string;
  of: 'low' | 'high' | 'rate' | 'mean' | 'deviation' | 'perDay' | 'window' | 'longest';
  placeholder?: string;
}

/** A field whose text is part of the draft. */
export function Text({ label, of, placeholder = '', draft, onChange }: TextProps) {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={draft[of]}
      onChange={(event) => onChange({ ...draft, [of]: event.currentTarget.value })}
    />
  );
}
