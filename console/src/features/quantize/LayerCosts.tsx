import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { LayerReport } from '../../api/types';
import { Panel } from '../../components/Panel';
import { noise } from '../../format';
import { costliestFirst } from './quantizations';
import styles from './QuantizationView.module.css';

/** Every layer: whether it runs in integers, and its quantization error. */
export function LayerCosts({ layers }: { layers: readonly LayerReport[] }) {
  const [order, setOrder] = useState('graph');
  const rows = order === 'graph' ? layers : costliestFirst(layers);
  const max = Math.max(...layers.map((layer) => layer.sensitivity ?? 0), 1e-12);
  return (
    <Panel
      title="Layers"
      aside={
        <SegmentedControl
          aria-label="Order of the layers"
          value={order}
          onChange={setOrder}
          data={[
            { value: 'graph', label: 'Graph order' },
            { value: 'cost', label: 'Largest error first' },
          ]}
        />
      }
      note="Quantization error of the outputs when only this layer is quantized, as a share of the signal."
    >
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of layers">
        <table className={styles.table} data-testid="layers">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col" className={styles.operator}>
                Operator
              </th>
              <th scope="col">Runs in</th>
              <th scope="col" className="number">
                Error
              </th>
              <td className={styles.cost} />
            </tr>
          </thead>
          <tbody>
            {rows.map((layer) => (
              <tr key={layer.name} data-float={!layer.integer || undefined}>
                <th scope="row">{layer.name}</th>
                <td className={styles.operator}>{layer.operator}</td>
                <td>
                  {layer.integer ? 'integers' : 'float'}
                  {layer.reason && <span className={styles.reason}>{layer.reason}</span>}
                </td>
                <td className="number">{noise(layer.sensitivity)}</td>
                <td className={styles.cost} aria-hidden="true">
                  <span style={{ width: `${(100 * (layer.sensitivity ?? 0)) / max}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
