package dev.fovea.cli.experiment;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.rollout.experiment.ExperimentDesign;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.Horizon;
import dev.fovea.rollout.policy.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an experiment compares, as options. */
final class ComparisonOptions {

    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");
    private static final double SLOTS = 10_000;
    private static final double SLOTS_PER_PERCENT = 100;

    @Option(
            names = "--variant",
            paramLabel = "VERSION[=PERCENT]",
            required = true,
            description =
                    "A version beside production; may be repeated. Without percentages all versions get equal shares.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = "--figure",
            paramLabel = "NAME",
            required = true,
            description = "The business figure that is compared, as reported with POST /v1/kpis.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String figure;

    @Option(
            names = "--number",
            description = "Compare the sum of a unit's values; without it, whether the unit has a sum above 0.")
    private boolean number;

    @Option(
            names = "--range",
            paramLabel = "LOW..HIGH",
            description = "With --number: sums outside count as its ends, so that single large ones do not decide.")
    private @Nullable String range;

    @Option(names = "--lower-is-better", description = "A smaller figure is better, such as of returned parts.")
    private boolean lower;

    @Option(
            names = "--effect",
            paramLabel = "D",
            required = true,
            description = "The smallest difference of interest per unit; for yes or no 0.01 is one point.")
    private double effect;

    @Option(
            names = "--error",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description =
                    "How often a difference may be stated that is not there, over all versions and looks (default: ${DEFAULT-VALUE}).")
    private double error;

    double effect() {
        return effect;
    }

    double error() {
        return error;
    }

    ExperimentMetric metric() {
        return new ExperimentMetric(
                figure,
                number ? ExperimentMetric.FigureKind.NUMBER : ExperimentMetric.FigureKind.CONVERSION,
                Optional.ofNullable(range).map(ComparisonOptions::ends),
                lower ? ExperimentMetric.BetterSide.LOWER : ExperimentMetric.BetterSide.HIGHER);
    }

    /** The shares of the variants in percent. */
    SortedMap<Integer, Double> percents() {
        double equal = Math.floor(SLOTS / (variants.size() + 1)) / SLOTS_PER_PERCENT;
        SortedMap<Integer, Double> percents = new TreeMap<>();
        for (String variant : variants) {
            String[] parts = variant.split("=", 2);
            int version = (int) number("--variant", parts[0], variant);
            double percent = parts.length < 2 ? equal : number("--variant", parts[1], variant);
            if (version != number("--variant", parts[0], variant) || percents.put(version, percent) != null) {
                throw invalid("--variant", variant, "give each version once, as 2 or 2=30");
            }
        }
        return percents;
    }

    /** A design to be planned, whose times do not matter. */
    ExperimentDesign planned() {
        return new ExperimentDesign(
                percents(),
                metric(),
                new Horizon.Sequential(),
                error,
                effect,
                ExperimentDesign.USUAL_WINDOW,
                ExperimentDesign.USUAL_LONGEST,
                false);
    }

    private static ValueRange ends(String text) {
        Matcher ends = RANGE.matcher(text);
        if (!ends.matches()) {
            throw invalid("--range", text, "give LOW..HIGH, such as 0..500");
        }
        return new ValueRange(number("--range", ends.group(1), text), number("--range", ends.group(2), text));
    }

    private static double number(String option, String text, String whole) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is \"%s\"; \"%s\" is no number."
                            .formatted(option, Printable.brief(whole), Printable.brief(text)),
                    e);
        }
    }

    private static FoveaException invalid(String option, String text, String rule) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s is \"%s\"; %s.".formatted(option, Printable.brief(text), rule));
    }
}
