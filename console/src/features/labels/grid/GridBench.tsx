import { Button } from '@mantine/core';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Dataset } from '../../../api/datasets';
import { Loading } from '../../../components/Loading';
import { ProblemNote } from '../../../components/ProblemNote';
import { count, plural } from '../../../format';
import { ClassPad } from '../classes/ClassPad';
import { startDelivery } from '../queue/delivery';
import { classKeys, classOfKey, commandOf } from '../queue/keys';
import { useKeys } from '../queue/useKeys';
import bench from '../stage/Bench.module.css';
import { GridSession } from './gridSession';
import type { Page, Tile } from './gridSession';
import styles from './GridBench.module.css';

interface Props {
  dataset: Dataset;
  annotator: string;
  keysOn: boolean;
}

/** A page of images that look alike gets one label; what does not belong is taken out first and comes again later. */
export function GridBench({ dataset, annotator, keysOn }: Props) {
  const [session] = useState(() => new GridSession(dataset.name, annotator));
  useEffect(() => {
    startDelivery();
    return session.open();
  }, [session]);
  const { page, timeline, labelled } = useSyncExternalStore(session.state.subscribe, session.state.get);
  const queue = useSyncExternalStore(session.queue.subscribe, session.queue.get);
  const [taken, setTaken] = useState<{ page: Page; out: ReadonlySet<Tile> } | null>(null);
  const [said, setSaid] = useState('');
  const grid = useRef<HTMLUListElement>(null);
  const out = page && taken?.page === page ? taken.out : new Set<Tile>();
  const keys = classKeys(dataset.classes);
  const suggestions = new Set(page?.tiles.map(({ suggested }) => suggested));
  const suggested = suggestions.size === 1 ? ([...suggestions][0] ?? null) : null;

  function submit(name: string | undefined) {
    if (!page || name === undefined) return;
    setSaid(`${plural(page.tiles.length - out.size, 'image')} labelled ${name}.`);
    session.submit(name, out);
  }

  function toggle(tile: Tile) {
    if (!page) return;
    const next = new Set(out);
    if (!next.delete(tile)) next.add(tile);
    setTaken({ page, out: next });
  }

  function walk(key: string) {
    const tiles = [...(grid.current?.querySelectorAll('button') ?? [])];
    const at = tiles.indexOf(document.activeElement as HTMLButtonElement);
    const columns = tiles.filter((tile) => tile.offsetTop === tiles[0]?.offsetTop).length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key] ?? 0;
    if (step !== 0) tiles[at < 0 ? 0 : Math.max(0, Math.min(tiles.length - 1, at + step))]?.focus();
    return step !== 0;
  }

  useKeys((event) => {
    if (walk(event.key)) return true;
    const command = commandOf(event);
    if (command === 'undo') session.back();
    else if (command === 'redo') session.forward();
    else if (command === 'accept') submit(page?.given ?? suggested ?? undefined);
    else {
      const index = event.ctrlKey || event.metaKey || event.altKey || event.repeat ? -1 : classOfKey(keys, event.key);
      if (index < 0) return false;
      submit(dataset.classes[index]?.name);
    }
    return true;
  }, keysOn);

  return (
    <div className={bench.bench}>
      {page ? (
        <ul ref={grid} className={styles.grid} aria-label="Images that look alike" data-testid="grid">
          {page.tiles.map((tile, index) => (
            <li key={tile.lease.lease}>
              <button
                type="button"
                className={styles.tile}
                aria-pressed={!out.has(tile)}
                aria-label={`Image ${index + 1}${tile.suggested ? `, suggested ${tile.suggested}` : ''}`}
                onClick={() => toggle(tile)}
              >
                <img src={tile.image.src} alt="" draggable={false} />
                {out.has(tile) && <span className={styles.out}>taken out</span>}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <div className={bench.nothing}>
          {queue.error ? (
            <ProblemNote error={queue.error} />
          ) : queue.supply === 'empty' && queue.ahead.length === 0 ? (
            <h2 data-testid="no-more">No more images for you</h2>
          ) : (
            <Loading error={null} what="images that look alike" />
          )}
        </div>
      )}
      <div className={bench.side}>
        <p className="quiet small">
          Take out what does not belong, then choose the class of the rest. What you take out comes again later.
        </p>
        <ClassPad
          classes={dataset.classes}
          keys={keys}
          chosen={page?.given === undefined ? [] : [page.given]}
          suggested={suggested === null ? [] : [suggested]}
          disabled={!page}
          onChoose={(index) => submit(dataset.classes[index]?.name)}
        />
        <div className={bench.actions}>
          <Button variant="default" onClick={() => session.back()} disabled={timeline.position === 0}>
            Undo
          </Button>
          <Button variant="default" onClick={() => session.forward()} disabled={page?.given === undefined}>
            Redo
          </Button>
        </div>
        <p className="quiet small" data-testid="pace">
          {count(labelled)} labelled now
        </p>
      </div>
      <p className="hidden" role="status" data-testid="said">
        {said}
      </p>
    </div>
  );
}
