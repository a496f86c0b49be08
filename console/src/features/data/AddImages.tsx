import { useId, useState } from 'react';
import { ProblemNote } from '../../components/ProblemNote';
import { count, plural } from '../../format';
import { useAddImages } from './queries';
import styles from './DatasetPage.module.css';

/** Sends images from this computer to the data set. */
export function AddImages({ name }: { name: string }) {
  const add = useAddImages(name);
  const [sent, setSent] = useState({ done: 0, all: 0 });
  const id = useId();

  function send(files: readonly File[]) {
    setSent({ done: 0, all: files.length });
    add.mutate({ files, onSent: (done) => setSent({ done, all: files.length }) });
  }

  const { data } = add;
  return (
    <div className={styles.form}>
      <div className={styles.more}>
        <input
          id={id}
          type="file"
          multiple
          className="hidden"
          accept="image/*,.tif,.tiff"
          disabled={add.isPending}
          onChange={({ currentTarget }) => {
            if (currentTarget.files && currentTarget.files.length > 0) send([...currentTarget.files]);
            currentTarget.value = '';
          }}
        />
        <label htmlFor={id} className={styles.choose}>
          Add images
        </label>
        <span className="quiet small" role="status">
          {add.isPending
            ? `${count(sent.done)} of ${count(sent.all)} sent`
            : data && `${plural(data.added, 'image')} added, ${count(data.repeated)} were there already.`}
        </span>
      </div>
      {data && data.refused.length > 0 && (
        <ul role="alert" className={styles.refused}>
          {data.refused.map((each, index) => (
            <li key={index}>
              {each.name}: {each.message} <code>{each.code}</code>
            </li>
          ))}
        </ul>
      )}
      {add.error && <ProblemNote error={add.error} />}
    </div>
  );
}
