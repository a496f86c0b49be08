import styles from './TimeChart.module.css';

/** Width of a digit of an axis' text, and a little more, in pixels. */
const DIGIT_PX = 6.6;
const APART_PX = 8;

/** About how wide a text at an axis is. */
export const textWidth = (text: string): number => text.length * DIGIT_PX;

/** Where a value axis stands, so that its longest text has room. */
export const axisLeft = (texts: readonly string[], least: number): number =>
  Math.ceil(Math.max(least, ...texts.map((text) => textWidth(text) + APART_PX)));

/** The middle of a text that is below `x`, moved so that it ends within the chart. */
export const within = (x: number, text: string, width: number): number => Math.min(x, width - textWidth(text) / 2);

interface Props {
  x: number;
  y: number;
  text: string;
  /** Width of the chart, which the text does not leave. */
  width: number;
}

/** A text below a chart. */
export function BelowText({ x, y, text, width }: Props) {
  return (
    <text className={styles.tick} x={within(x, text, width)} y={y} textAnchor="middle">
      {text}
    </text>
  );
}
