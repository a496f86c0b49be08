import { Button, NativeSelect } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import type { Dataset, Item } from '../../api/datasets';
import { thumbnailPath } from '../../api/datasets';
import { Loading } from '../../components/Loading';
import { ProblemNote } from '../../components/ProblemNote';
import { ServerImage } from '../../components/ServerImage';
import { count, plural } from '../../format';
import { AddImages } from './AddImages';
import { valueWords } from './annotationWords';
import { filterOfAddress, withTag } from './filters';
import { useFacets, useItems } from './queries';
import styles from './DatasetPage.module.css';

/** Tags with more values than this are left out of the filters. */
const MAX_VALUES = 100;

/** The images of a data set, filtered by tags, 60 at a time. */
export function ItemsSection({ dataset }: { dataset: Dataset }) {
  const [address, setAddress] = useSearchParams();
  const filter = filterOfAddress(address);
  const facets = useFacets(dataset.name);
  const items = useItems(dataset.name, filter);
  const shown = items.data?.pages.flatMap((page) => page.items) ?? [];
  const tags = (facets.data?.tags ?? []).filter(({ values }) => values.length <= MAX_VALUES);
  return (
    <div className={styles.section}>
      <AddImages name={dataset.name} />
      <div className={styles.filters} role="group" aria-label="Filters">
        {tags.map(({ name, values }) => (
          <NativeSelect
            key={name}
            label={name}
            value={filter[name] ?? ''}
            onChange={(event) => setAddress(withTag(filter, name, event.currentTarget.value), { replace: true })}
            data={[
              { value: '', label: 'any' },
              ...values.map(({ value, count: many }) => ({ value, label: `${value} (${count(many)})` })),
            ]}
          />
        ))}
        {Object.keys(filter).length > 0 && (
          <Button variant="subtle" onClick={() => setAddress({}, { replace: true })}>
            All images
          </Button>
        )}
      </div>
      {facets.error && <ProblemNote error={facets.error} />}
      {!items.data ? (
        <Loading error={items.error} what="the images" />
      ) : shown.length === 0 ? (
        <NoItems filtered={Object.keys(filter).length > 0} name={dataset.name} />
      ) : (
        <>
          <ul className={styles.grid} aria-label="Images" data-testid="items">
            {shown.map((item) => (
              <li key={item.image.hash}>
                <Tile dataset={dataset.name} item={item} />
              </li>
            ))}
          </ul>
          <div className={styles.more}>
            {items.hasNextPage && (
              <Button variant="default" onClick={() => void items.fetchNextPage()} disabled={items.isFetchingNextPage}>
                More images
              </Button>
            )}
            <span className="quiet small" role="status">
              {plural(shown.length, 'image')} shown{items.hasNextPage ? '' : ', all of them'}
            </span>
          </div>
          {items.isFetchNextPageError && <ProblemNote error={items.error} />}
        </>
      )}
    </div>
  );
}

function Tile({ dataset, item }: { dataset: string; item: Item }) {
  const words = valueWords(item.annotation?.value);
  return (
    <Link className={styles.tile} to={`/datasets/${encodeURIComponent(dataset)}/items/${item.image.hash}`}>
      <span className={styles.thumbnail}>
        <ServerImage path={thumbnailPath(dataset, item.image.hash)} alt={`Image ${item.image.hash.slice(0, 8)}`} />
      </span>
      <span className={styles.caption} data-unlabelled={!item.annotation || undefined} dir="auto">
        {words}
      </span>
    </Link>
  );
}

function NoItems({ filtered, name }: { filtered: boolean; name: string }) {
  if (filtered) return <p className="quiet">No image has all of these tags.</p>;
  return (
    <p className="quiet">
      This data set has no images yet. Add some here, or a folder with <code>fovea data add {name} FOLDER</code>.
    </p>
  );
}
