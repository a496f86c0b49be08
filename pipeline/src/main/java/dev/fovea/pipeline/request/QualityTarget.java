package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.learning.ClassScore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a classifier should reach, as {@code accuracy >= 0.9} or {@code recall(hole) >= 0.95}.
 *
 * @param metric that is measured
 * @param label the class of a metric of one class
 * @param minimum above 0 and not above 1
 */
public record QualityTarget(QualityMetric metric, Optional<String> label, double minimum) {

    private static final Pattern TEXT =
            Pattern.compile("\\s*([a-zA-Z0-9_-]+)\\s*(?:\\(\\s*(.+?)\\s*\\))?\\s*>=\\s*([0-9.]+)\\s*(%?)\\s*");
    private static final String FORM =
            "Write it as \"accuracy >= 0.9\", \"macro_f1 >= 0.9\", \"balanced_accuracy >= 0.9\", or for one class \"recall(hole) >= 0.95\", precision or f1.";

    public QualityTarget {
        if (!(minimum > 0 && minimum <= 1)) {
            throw invalid("The target asks for %s; it must be above 0 and not above 1.".formatted(minimum));
        }
        if (label.isPresent() != metric.isOfOneClass()) {
            throw invalid(
                    metric.isOfOneClass()
                            ? "%s is of one class. Name it, as in %s(hole)".formatted(metric, metric)
                            : "%s is of all classes. Omit \"(%s)\".".formatted(metric, label.orElse("")));
        }
    }

    /** What is measured. */
    public enum QualityMetric {
        ACCURACY,
        BALANCED_ACCURACY,
        MACRO_F1,
        RECALL,
        PRECISION,
        F1;

        /** Whether it is measured of one class. */
        public boolean isOfOneClass() {
            return switch (this) {
                case ACCURACY, BALANCED_ACCURACY, MACRO_F1 -> false;
                case RECALL, PRECISION, F1 -> true;
            };
        }

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a target.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for a text of another form
     */
    public static QualityTarget parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw invalid("The target \"%s\" is not understood. %s".formatted(text, FORM));
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('-', '_');
        QualityMetric metric = List.of(QualityMetric.values()).stream()
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("\"%s\" in the target is no metric. %s".formatted(matcher.group(1), FORM)));
        try {
            double number = Double.parseDouble(matcher.group(3));
            return new QualityTarget(
                    metric,
                    Optional.ofNullable(matcher.group(2)),
                    matcher.group(4).isEmpty() ? number : number / 100);
        } catch (NumberFormatException e) {
            throw invalid("\"%s\" in the target is no number. %s".formatted(matcher.group(3), FORM));
        }
    }

    /**
     * How it is computed.
     *
     * @param labels of the classes, in the order of their indices
     * @throws FoveaException {@code ARGUMENT_INVALID} for a class that is not among them
     */
    public ClassScore score(List<String> labels) {
        return switch (metric) {
            case ACCURACY -> ClassScore.accuracy();
            case BALANCED_ACCURACY -> ClassScore.balancedAccuracy();
            case MACRO_F1 -> ClassScore.macroF1();
            case RECALL -> ClassScore.recall(index(labels));
            case PRECISION -> ClassScore.precision(index(labels));
            case F1 -> ClassScore.f1(index(labels));
        };
    }

    private int index(List<String> labels) {
        int index = labels.indexOf(label.orElseThrow());
        if (index < 0) {
            throw invalid("The target names the class \"%s\"; the images have %s."
                    .formatted(label.orElseThrow(), String.join(", ", labels)));
        }
        return index;
    }

    /** What is measured, as {@code recall(hole)}. */
    public String measure() {
        return metric + label.map("(%s)"::formatted).orElse("");
    }

    @Override
    public String toString() {
        return "%s >= %s".formatted(measure(), minimum);
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
