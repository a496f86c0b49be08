import { useState } from 'react';
import { Loading } from '../../components/Loading';
import { useTitle } from '../../hooks';
import { AdviceForm } from './AdviceForm';
import { AdviceResult } from './AdviceResult';
import { useAdvise, useAdviceFields } from './queries';
import type { Measured } from './advice';
import { requestOf } from './advice';
import frame from '../../components/Page.module.css';
import styles from './Advice.module.css';

const NOTHING: readonly Measured[] = [
  { way: 'api', name: '', right: '', images: '' },
  { way: 'fine-tune', name: '', right: '', images: '' },
];

/** Which way to a model at all: a service, a pretrained network, one from scratch, a blend, a supplier. */
export function AdvicePage() {
  useTitle('Which way');
  const fields = useAdviceFields();
  const advise = useAdvise();
  const [values, setValues] = useState<Record<string, string | number>>({});
  const [measured, setMeasured] = useState(NOTHING);
  if (!fields.data) return <Loading error={fields.error} what="the questions" />;
  const known = fields.data;
  return (
    <div className={frame.page}>
      <header>
        <h1>Which way?</h1>
        <p className="quiet">
          A service&rsquo;s API, a pretrained network, a network from scratch, a blend, or a supplier: before anything
          is trained.
        </p>
      </header>
      <div className={styles.section}>
        <AdviceForm
          fields={known}
          values={values}
          measured={measured}
          pending={advise.isPending}
          error={advise.error}
          onValue={(key, value) => setValues({ ...values, [key]: value })}
          onMeasured={setMeasured}
          onAdvise={() => advise.mutate(requestOf(known, values, measured))}
        />
        {advise.data && <AdviceResult advice={advise.data} />}
      </div>
    </div>
  );
}
