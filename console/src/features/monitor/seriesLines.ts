import type { Metrics, SeriesPoint } from '../../api/types';
import type { Line, Point } from '../../charts/lines';
import { versionColor } from '../../components/VersionMark';

const BUCKET_MS = 5000;

/** The lines of the live charts. The bucket that is still filling is left out: it would always look like a drop. */
export function seriesLines(metrics: Metrics, now: number) {
  const series = metrics.series.filter((point) => Date.parse(point.at) + BUCKET_MS <= now);
  const versions = metrics.versions.map((version) => version.version);
  const pointsOf = (version: number) => series.filter((point) => point.version === version);
  const line = (version: number, points: Point[]): Line => ({
    key: String(version),
    label: `Version ${version}`,
    color: versionColor(version),
    points,
  });
  return {
    rate: versions.map((version) =>
      line(
        version,
        withZeros(
          pick(pointsOf(version), (point) => point.requests / (BUCKET_MS / 1000)),
          now,
        ),
      ),
    ),
    confidence: versions.map((version) =>
      line(
        version,
        pick(pointsOf(version), (point) => point.confidence),
      ),
    ),
    latency: (version: number): Line[] =>
      (['p50', 'p95', 'p99'] as const).map((quantile, i) => ({
        key: quantile,
        label: quantile,
        color: `color-mix(in srgb, ${versionColor(version)} ${[100, 72, 48][i] ?? 100}%, var(--surface))`,
        points: pick(pointsOf(version), (point) => point[quantile]),
      })),
  };
}

function pick(points: readonly SeriesPoint[], value: (point: SeriesPoint) => number | null): Point[] {
  return points.flatMap((point) => {
    const picked = value(point);
    return picked == null ? [] : [{ at: Date.parse(point.at), value: picked }];
  });
}

/** Buckets without traffic are not sent; a rate is zero in them, from the first request on. */
function withZeros(points: readonly Point[], now: number): Point[] {
  const first = points[0];
  if (!first) return [];
  const known = new Map(points.map((point) => [point.at, point]));
  const buckets = Math.floor((now - BUCKET_MS - first.at) / BUCKET_MS) + 1;
  return Array.from({ length: Math.max(1, buckets) }, (_, i) => {
    const at = first.at + i * BUCKET_MS;
    return known.get(at) ?? { at, value: 0 };
  });
}
