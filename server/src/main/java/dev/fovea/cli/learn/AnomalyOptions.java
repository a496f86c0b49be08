package dev.fovea.cli.learn;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.AnomalyRequest;
import dev.fovea.pipeline.request.TrainRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A training from good images alone. */
final class AnomalyOptions {

    private static final double PERCENT = 100;

    @Option(
            names = "--anomaly",
            description =
                    "Learn from good images alone what is not anomalous: FOLDER has them in good/ or directly in it; other folders hold images of defects, which are only judged with, and ground_truth/ their masks. Needs --from.")
    private boolean anomaly;

    @Option(
            names = "--false-alarms",
            paramLabel = "PERCENT",
            description =
                    "With --anomaly: the share of good images that may be called anomalous, as 1%% or 0.01 (default: 1%%). 1%% needs 99 good images to learn from.")
    private @Nullable String falseAlarms;

    @Option(
            names = "--method",
            paramLabel = "padim|patchcore",
            description =
                    "With --anomaly: padim compares each place of an image with the same place of the good images, patchcore with all their places (default: padim).")
    private @Nullable String method;

    @Option(
            names = "--keep-unusual",
            description =
                    "With --anomaly: learn from good images that look anomalous themselves instead of refusing them.")
    private boolean keepUnusual;

    /** Whether the training is one; {@code ARGUMENT_INVALID} for its options without it. */
    boolean requested() {
        String alone = falseAlarms != null ? "--false-alarms" : method != null ? "--method" : "--keep-unusual";
        if (!anomaly && (falseAlarms != null || method != null || keepUnusual)) {
            throw invalid("%s applies with --anomaly only. Add --anomaly, or omit it.".formatted(alone));
        }
        return anomaly;
    }

    /**
     * The request, from what the command would train a classifier by.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for options that do not apply
     */
    AnomalyRequest request(TrainRequest classifier) {
        TrainRequest.TrainNetworkRequest network = classifier.network();
        if (network.from().isEmpty()) {
            throw invalid("--anomaly compares images by a network with learned weights. Add --from MODEL.");
        }
        Map<String, Boolean> stated = new LinkedHashMap<>();
        stated.put("--network", !network.family().isEmpty());
        stated.put("--size", !network.size().isEmpty());
        stated.put("--edge", network.edge().isPresent());
        stated.put("--cut", !network.cut().isEmpty());
        stated.put("--fit", !network.fit().isEmpty());
        stated.put("--minutes", classifier.schedule().minutes().isPresent());
        stated.put("--epochs", classifier.schedule().epochs().isPresent());
        stated.put("--split", !classifier.split().isEmpty());
        List<String> wrong = stated.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (!wrong.isEmpty()) {
            throw invalid("%s %s not apply with --anomaly. Omit %s."
                    .formatted(
                            String.join(", ", wrong),
                            wrong.size() == 1 ? "does" : "do",
                            wrong.size() == 1 ? "it" : "them"));
        }
        return new AnomalyRequest(
                classifier.model(),
                classifier.data(),
                new AnomalyRequest.AnomalyNetworkRequest(
                        network.from(), network.contract(), method == null ? "" : method),
                Optional.ofNullable(falseAlarms).map(AnomalyOptions::share),
                Optional.of(keepUnusual),
                classifier.schedule().seed(),
                classifier.promote(),
                classifier.note());
    }

    private static double share(String text) {
        String number = text.strip();
        boolean percent = number.endsWith("%");
        try {
            double value = Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
            if (percent || value < 1) {
                return percent ? value / PERCENT : value;
            }
        } catch (NumberFormatException e) {
            // the message says what it should be
        }
        throw invalid("--false-alarms is \"%s\"; it must be a percentage such as 1%%, or a share such as 0.01."
                .formatted(text));
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
