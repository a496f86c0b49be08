package dev.fovea.pipeline.bar;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is good enough: all conditions together.
 *
 * @param conditions at least one, each measure and class at most once
 */
public record Bar(List<BarCondition> conditions) {

    private static final int NAMED = 10;

    public Bar {
        conditions = List.copyOf(conditions);
    }

    /**
     * Reads a bar such as {@code recall(hole) >= 0.95, macro_f1 >= 0.9, p99 <= 20ms, size <= 10MB}. Names of classes
     * that have a comma or a bracket stand in double quotes.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for what is not understood or contradicts itself; the message
     *     names the piece and the remedy
     */
    public static Bar parse(String text) {
        return new BarSyntax(text).read();
    }

    /** The conditions on one kind of measure. */
    public List<BarCondition> of(BarMeasure.MeasureKind kind) {
        return conditions.stream()
                .filter(condition -> condition.measure().kind() == kind)
                .toList();
    }

    /** {@code ARGUMENT_INVALID} for a class that the data does not have. */
    public void requireClasses(List<String> labels) {
        for (BarCondition condition : conditions) {
            condition.label().filter(label -> !labels.contains(label)).ifPresent(label -> {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "bar: %s names a class that the data does not have. Its classes are %s%s."
                                .formatted(
                                        condition.subject(),
                                        String.join(", ", labels.subList(0, Math.min(NAMED, labels.size()))),
                                        labels.size() > NAMED ? ", …" : ""));
            });
        }
    }

    @Override
    public String toString() {
        return conditions.stream().map(BarCondition::toString).collect(Collectors.joining(", "));
    }
}
