import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useModel, useModels } from '../models/queries';
import { usePredict } from './queries';
import type { Model, Prediction } from '../../api/types';
import { HeatMapOverlay } from './HeatMapOverlay';
import { ImageDrop } from './ImageDrop';
import { ProblemNote } from '../../components/ProblemNote';
import { Loading } from '../../components/Loading';
import { useTitle } from '../../hooks';
import { useMarking } from './marking';
import type { Marking } from './marking';
import { ObjectOverlay } from './ObjectOverlay';
import { PredictionView } from './PredictionView';
import styles from './PredictPage.module.css';

/** Drop an image, see the prediction. */
export function PredictPage() {
  const models = useModels();
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<string | null>(null);
  useTitle('Predict');
  if (!models.data) return <Loading error={models.error} what="the models" />;
  const wanted = chosen ?? params.get('model');
  const usable = models.data.models.filter((model) => model.task !== 'tensors');
  const name = (
    usable.find((model) => model.name === wanted) ??
    usable.find((model) => model.production != null) ??
    usable[0]
  )?.name;
  return (
    <>
      <h1 className={styles.title}>Predict</h1>
      {name === undefined ? (
        <p className="quiet">
          There is no model for images yet. Train one with <code>fovea train FOLDER --name shirts</code>.
        </p>
      ) : (
        <PredictForm
          key={name}
          name={name}
          names={usable.map((model) => model.name)}
          onName={(next) => {
            // The router changes the address in a transition. An image chosen meanwhile would be lost.
            setChosen(next);
            setParams({ model: next }, { replace: true });
          }}
        />
      )}
    </>
  );
}

interface Props {
  name: string;
  names: string[];
  onName: (name: string) => void;
}

function PredictForm({ name, names, onName }: Props) {
  const model = useModel(name).data;
  const [version, setVersion] = useState<number | null>(null);
  const [image, setImage] = useState<File | null>(null);
  const predict = usePredict();
  const marking = useMarking(predict.data);

  function predictWith(next: { image?: File; version?: number | null }) {
    const file = next.image ?? image;
    const number = next.version === undefined ? version : next.version;
    setImage(file);
    setVersion(number);
    if (file) predict.mutate({ name, version: number, image: file, top: model?.task === 'multi-label' ? 100 : 5 });
  }

  return (
    <div className={styles.form} data-objects={marking.all.length > 0 || undefined}>
      <div className={styles.request}>
        <div className={styles.choices}>
          <NativeSelect
            label="Model"
            value={name}
            onChange={(event) => onName(event.currentTarget.value)}
            data={names}
          />
          <NativeSelect
            label="Version"
            value={String(version ?? '')}
            onChange={(event) =>
              predictWith({ version: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })
            }
            data={[{ value: '', label: 'Live routing' }, ...versionChoices(model)]}
          />
        </div>
        <ImageDrop
          image={image}
          onImage={(file) => predictWith({ image: file })}
          overlay={overlay(marking, predict.data)}
        />
      </div>
      <div className={styles.response} aria-live="polite" aria-busy={predict.isPending} data-testid="response">
        {predict.error ? (
          <ProblemNote error={predict.error} />
        ) : predict.data ? (
          <PredictionView prediction={predict.data} marking={marking} />
        ) : (
          <p className={styles.hint}>
            {predict.isPending ? 'Predicting …' : 'The prediction appears here, with the time of each stage.'}
          </p>
        )}
      </div>
      <Terminal name={name} />
    </div>
  );
}

/** What lies over the image: a heat map, or the objects; nothing of another task. */
function overlay(marking: Marking, prediction: Prediction | undefined) {
  const map = prediction?.heat_map;
  if (map != null) return () => <HeatMapOverlay map={map} />;
  return marking.all.length === 0
    ? undefined
    : (size: { width: number; height: number }) => <ObjectOverlay marking={marking} {...size} />;
}

const versionChoices = (model: Model | undefined) =>
  (model?.versions ?? [])
    .filter((each) => each.state !== 'failed')
    .map((each) => ({
      value: String(each.version),
      label: `Version ${each.version}${each.aliases.length > 0 ? `, ${each.aliases.join(', ')}` : ''}`,
    }));

/** The same request for a terminal. */
function Terminal({ name }: { name: string }) {
  const address = new URL(`v1/models/${encodeURIComponent(name)}/predict`, document.baseURI).href;
  return (
    <div className={styles.terminal}>
      <h3>From a terminal</h3>
      <pre tabIndex={0}>curl --data-binary @image.jpg -H 'Content-Type: image/jpeg' {address}</pre>
    </div>
  );
}
