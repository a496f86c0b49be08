import { ProblemNote } from '../../components/ProblemNote';
import { useMakeExample } from './queries';
import styles from './Review.module.css';

interface Props {
  dataset: string;
  /** The class. */
  name: string;
  hash: string;
  made: boolean;
  words?: string;
}

/** One click makes a hard case an example in the definition. */
export function MakeExample({ dataset, name, hash, made, words }: Props) {
  const make = useMakeExample(dataset);
  return (
    <>
      <button
        type="button"
        className={styles.link}
        disabled={made || make.isPending}
        onClick={() => make.mutate({ class: name, hash })}
      >
        {words ? `${made ? '✓ ' : ''}${words}` : made ? 'An example' : 'Make it an example'}
        {!words && <span className="hidden"> of {name}</span>}
      </button>
      {make.error && <ProblemNote error={make.error} />}
    </>
  );
}
