import { alone, bandPath, path, stretches } from './lines';
import type { Line, Point } from './lines';
import type { Scale } from './scale';
import styles from './TimeChart.module.css';

interface DrawnProps {
  line: Line;
  x: Scale;
  y: Scale;
  gap: number;
}

/** Two points make no course: a line between them would look like one. */
const FEW = 3;

/** A line with the band of its intervals; points that stand alone have theirs as a bar, and so have very few. */
export function DrawnLine({ line, x, y, gap }: DrawnProps) {
  if (line.dots || line.points.length < FEW)
    return line.points.map((point) => (
      <g key={point.at}>
        {point.low != null && point.high != null && (
          <line
            className={styles.bar}
            x1={x(point.at)}
            x2={x(point.at)}
            y1={y(point.low)}
            y2={y(point.high)}
            stroke={line.color}
          />
        )}
        <circle className={styles.dot} cx={x(point.at)} cy={y(point.value)} r="4" fill={line.color} />
      </g>
    ));
  return (
    <>
      {stretches(line.points, gap).map((stretch) => (
        <path
          key={stretch[0]?.at}
          d={bandPath(stretch, x, y)}
          fill={line.color}
          fillOpacity="0.18"
          stroke={line.color}
          strokeOpacity={stretch.length === 1 ? 0.4 : 0}
          strokeWidth="4"
        />
      ))}
      {alone(line.points, gap).map((point) => (
        <circle key={`alone ${point.at}`} cx={x(point.at)} cy={y(point.value)} r="3" fill={line.color} />
      ))}
      <path className={styles.line} d={path(line.points, x, y, gap)} stroke={line.color} strokeWidth="2" />
    </>
  );
}

/** A point that is pointed at. */
export function Dot({ point, line, x, y }: { point: Point | undefined; line: Line; x: Scale; y: Scale }) {
  return point && <circle className={styles.dot} cx={x(point.at)} cy={y(point.value)} r="4" fill={line.color} />;
}
