import { useState } from 'react';
import type { Dataset } from '../../../api/datasets';
import type { Labelling } from '../queue/useSession';
import { toolsOf } from '../edit/objects';
import type { Tool } from '../edit/objects';
import { UNCHANGED } from '../stage/adjusting';
import type { Adjustment } from '../stage/adjusting';
import { NoWork } from '../stage/NoWork';
import bench from '../stage/Bench.module.css';
import { ObjectEditor } from './ObjectEditor';
import type { Brush } from './useDrawing';

interface Props {
  dataset: Dataset;
  labelling: Labelling;
  keysOn: boolean;
}

/** What stays from image to image. */
export interface Setup {
  tool: Tool;
  classIndex: number;
  brush: Brush;
  adjustment: Adjustment;
}

/** Boxes, polygons and masks: image after image, with the objects of one image as one label. */
export function ObjectBench({ dataset, labelling, keysOn }: Props) {
  const { work, image, timeline } = labelling.state;
  const [said, setSaid] = useState('');
  const [setup, setSetup] = useState<Setup>({
    tool: toolsOf(dataset.task)[1] ?? 'select',
    classIndex: 0,
    brush: { radius: 6, tolerance: 24 },
    adjustment: UNCHANGED,
  });
  return (
    <>
      {work && image ? (
        <ObjectEditor
          key={`${work.item.image.hash} ${image.src}`}
          dataset={dataset}
          labelling={labelling}
          work={work}
          image={image}
          setup={setup}
          onSetup={(change) => setSetup({ ...setup, ...change })}
          onSay={setSaid}
          keysOn={keysOn}
        />
      ) : (
        <div className={bench.view}>
          <NoWork labelling={labelling} />
        </div>
      )}
      <p className="hidden" role="status" data-testid="said">
        {said} {work ? `Image ${timeline.position + 1}.` : labelling.queue.supply === 'empty' && 'No more images.'}
      </p>
    </>
  );
}
