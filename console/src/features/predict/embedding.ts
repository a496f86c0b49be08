/** What can be said of a vector at a glance. */
export interface EmbeddingSummary {
  dimensions: number;
  /** Euclidean. */
  norm: number;
  min: number;
  max: number;
}

export function summarize(values: readonly number[]): EmbeddingSummary {
  return {
    dimensions: values.length,
    norm: Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)),
    min: values.reduce((a, b) => Math.min(a, b), Infinity),
    max: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** One upright stroke per value around a middle line, in a field of `values.length` × 2, as the path of an SVG. */
export function strokes(values: readonly number[]): string {
  const reach = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
  return values.map((value, i) => `M${i + 0.5} 1V${(1 - value / reach).toFixed(3)}`).join('');
}
