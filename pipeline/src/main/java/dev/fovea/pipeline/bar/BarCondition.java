package dev.fovea.pipeline.bar;

import java.util.Locale;
import java.util.Optional;

/**
 * One condition of a bar: a quality is at least its limit, a latency or a size at most.
 *
 * @param measure what is compared
 * @param label the class, for measures of one class
 * @param limit a share, milliseconds or bytes
 */
public record BarCondition(BarMeasure measure, Optional<String> label, double limit) {

    private static final double THOUSAND = 1000;
    private static final double MILLION = 1_000_000;

    /** What is compared, as {@code recall(hole)}. */
    public String subject() {
        return measure.word() + label.map(name -> "(" + quoted(name) + ")").orElse("");
    }

    /** Whether a figure in the limit's unit is good enough. */
    public boolean isMet(double figure) {
        return switch (measure.kind()) {
            case QUALITY -> figure >= limit;
            case LATENCY, SIZE -> figure <= limit;
        };
    }

    /** A figure in this condition's unit, for people. */
    public String shown(double figure) {
        return switch (measure.kind()) {
            case QUALITY -> String.format(Locale.ROOT, "%.3f", figure);
            case LATENCY -> String.format(Locale.ROOT, "%.1f ms", figure);
            case SIZE ->
                figure < MILLION
                        ? String.format(Locale.ROOT, "%.0f kB", figure / THOUSAND)
                        : String.format(Locale.ROOT, "%.1f MB", figure / MILLION);
        };
    }

    /** As it is written in a bar. */
    @Override
    public String toString() {
        return switch (measure.kind()) {
            case QUALITY -> subject() + " >= " + number(limit);
            case LATENCY -> subject() + " <= " + number(limit) + "ms";
            case SIZE ->
                subject() + " <= "
                        + (limit < MILLION ? number(limit / THOUSAND) + "kB" : number(limit / MILLION) + "MB");
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String quoted(String name) {
        return name.matches("[\\p{L}\\p{N}_./ -]+") ? name : '"' + name + '"';
    }
}
