package dev.fovea.rollout.experiment;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Experiments in words. */
public final class ExperimentText {

    private ExperimentText() {}

    /** One line. */
    public static String state(Experiment experiment, ExperimentSums sums) {
        Optional<ExperimentOutcome> outcome = experiment.state().decision();
        if (outcome.isPresent()) {
            return outcome.get() instanceof ExperimentOutcome.Better(int version, String reason)
                    ? "version %d is better: %s".formatted(version, reason)
                    : "%s: %s".formatted(outcome.get().label(), outcome.get().reason());
        }
        if (experiment.mismatch().isPresent()) {
            return "running, without a verdict: " + experiment.mismatch().get().text(experiment.shares(), sums);
        }
        return ExperimentReading.progress(experiment, sums)
                .map(share -> "running, %.0f %% of the horizon; results are shown when it is reached"
                        .formatted(Math.floor(100 * share)))
                .orElse("running, not decided yet");
    }

    /** The versions and their shares. */
    public static String shares(Experiment experiment) {
        return experiment.shares().entrySet().stream()
                .map(share -> "%s %d (%s %%)"
                        .formatted(
                                share.getKey() == experiment.control() ? "production" : "version",
                                share.getKey(),
                                number(share.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** A number with four digits at most. */
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4g", value);
        return text.contains(".") && !text.contains("e")
                ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
                : text;
    }
}
