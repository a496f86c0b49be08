import { Slider } from '@mantine/core';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { percent, plural } from '../../format';
import type { Marking } from './marking';
import styles from './ObjectList.module.css';
import { census } from './objects';
import type { Marked } from './objects';

/** What was found, as a list that lights up the image beside it. */
export function ObjectList({ marking, task }: { marking: Marking; task: string }) {
  const { all, shown } = marking;
  const [one, more] = nouns[task] ?? ['object', 'objects'];
  const sure = all.flatMap((each) => each.confidence ?? []);
  return (
    <section className={styles.objects} aria-label="What was found">
      <div className={styles.head}>
        <h2 data-testid="found">
          {all.length === 0
            ? 'Nothing found'
            : shown.length === all.length
              ? plural(all.length, one, more)
              : `${shown.length} of ${plural(all.length, one, more)}`}
        </h2>
        {sure.length > 0 && <p className="quiet small">{census(shown)}</p>}
      </div>
      {sure.length > 1 && <MinConfidence marking={marking} lowest={Math.min(...sure)} />}
      <Rows marking={marking} />
    </section>
  );
}

/** The list scrolls inside the panel, and says how many rows lie below its edge. */
function Rows({ marking }: { marking: Marking }) {
  const list = useRef<HTMLUListElement>(null);
  const [below, setBelow] = useState(0);
  const { shown } = marking;
  const look = () => setBelow(list.current ? rowsBelow(list.current) : 0);
  useLayoutEffect(look, [shown.length]);
  return (
    <div className={styles.rows} data-more={below > 0 || undefined}>
      <ul ref={list} className={styles.list} onMouseLeave={() => marking.point(null)} onScroll={look}>
        {shown.map((mark) => (
          <Row key={mark.index} mark={mark} marking={marking} />
        ))}
      </ul>
      {below > 0 && (
        <button
          type="button"
          className={styles.more}
          data-testid="more"
          onClick={() => list.current?.scrollBy({ top: list.current.clientHeight - ROW })}
        >
          {below} more below <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );
}

/** Height of a row in px, at least. */
const ROW = 28;

/** How many rows lie more than half below the visible part. */
function rowsBelow(list: HTMLUListElement): number {
  const edge = list.scrollTop + list.clientHeight;
  return [...list.children].filter((row) => row instanceof HTMLElement && row.offsetTop + row.offsetHeight / 2 > edge)
    .length;
}

const nouns: Readonly<Record<string, readonly [one: string, more: string]>> = {
  segmentation: ['region', 'regions'],
  'text-detection': ['line of text', 'lines of text'],
};

function MinConfidence({ marking, lowest }: { marking: Marking; lowest: number }) {
  const id = useId();
  const from = Math.floor(lowest * 100);
  return (
    <div className={styles.filter}>
      <span id={id}>Min confidence {percent(Math.max(marking.minConfidence, from / 100), 0)}</span>
      <Slider
        size={4}
        min={from}
        max={100}
        value={Math.max(from, Math.round(marking.minConfidence * 100))}
        onChange={(value) => marking.setMinConfidence(value === from ? 0 : value / 100)}
        label={null}
        thumbProps={{ 'aria-labelledby': id }}
      />
    </div>
  );
}

function Row({ mark, marking }: { mark: Marked; marking: Marking }) {
  const row = useRef<HTMLLIElement>(null);
  const active = marking.active === mark.index;
  const share = mark.confidence ?? mark.area ?? 0;
  useEffect(() => {
    const list = row.current?.parentElement;
    if (!active || !row.current || !list) return;
    const { offsetTop, offsetHeight } = row.current;
    if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
  }, [active]);
  return (
    <li ref={row} style={{ '--mark': mark.color } as CSSProperties}>
      <button
        type="button"
        className={styles.row}
        data-active={active || undefined}
        aria-pressed={marking.pinned === mark.index}
        onMouseEnter={() => marking.point(mark.index)}
        onFocus={() => marking.point(mark.index)}
        onBlur={() => marking.point(null)}
        onClick={() => marking.pin(mark.index)}
      >
        <span className={styles.swatch} aria-hidden="true" />
        <span className={styles.label} title={mark.name}>
          {mark.name}
        </span>
        <span className={styles.track} aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
        <span className={styles.share}>
          {percent(share)}
          <span className="hidden">{mark.confidence == null ? ' of the image' : ' confidence'}</span>
        </span>
        <span className="hidden">, {position(mark)}</span>
      </button>
    </li>
  );
}

const position = ({ object: { box } }: Marked): string =>
  `${Math.round(box.x1)} to ${Math.round(box.x2)} px across, ${Math.round(box.y1)} to ${Math.round(box.y2)} px down`;
