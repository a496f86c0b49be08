import { NativeSelect } from '@mantine/core';
import type { Backbone } from '../../api/types';
import { bytes, plural } from '../../format';
import type { FieldProps } from './TrainingForm';
import { isUsable } from './training';
import styles from './Training.module.css';

/** Which network with learned weights, with what there is to know of it. */
export function BackboneField({
  backbones,
  values,
  change,
}: FieldProps & {
  backbones: readonly Backbone[];
}) {
  const usable = backbones.filter(isUsable);
  const absent = backbones.filter((each) => !isUsable(each));
  const chosen = usable.find(({ name }) => name === values.from);
  const groups = [
    { group: 'Pretrained', items: usable.filter(({ kind }) => kind === 'backbone') },
    { group: 'Models of this server', items: usable.filter(({ kind }) => kind === 'model') },
  ].filter(({ items }) => items.length > 0);
  return (
    <>
      <NativeSelect
        label="Network to start from"
        value={values.from}
        disabled={usable.length === 0}
        onChange={(event) => change({ from: event.currentTarget.value })}
        data={
          usable.length === 0
            ? [{ value: '', label: 'none yet' }]
            : groups.map(({ group, items }) => ({
                group,
                items: items.map(({ name }) => ({ value: name, label: name })),
              }))
        }
      />
      <div className={styles.about}>
        {chosen && (
          <>
            <span>{bytes(chosen.size_bytes)}</span>
            <span>{chosen.kind === 'model' ? `a model for ${chosen.task}` : `learned ${chosen.task}`}</span>
            {chosen.input != null && <span>sees {chosen.input} px</span>}
            {chosen.licence != null && <span>licence: {chosen.licence}</span>}
          </>
        )}
        {absent.length > 0 && (
          <span>
            {plural(absent.length, 'other')} of the catalogue: <code>fovea backbones add {absent[0]?.name}</code> on the
            server
          </span>
        )}
      </div>
    </>
  );
}
