package dev.fovea.cli.learn;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.pipeline.request.TrainRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A training from images with boxes. */
final class DetectorOptions {

    @Option(
            names = "--quarter-turns",
            description =
                    "With boxes: objects look alike whichever way they lie, as in views from above. Training images are then turned by quarters and flipped, and not only mirrored.")
    private boolean quarterTurns;

    /** {@code ARGUMENT_INVALID} for options that apply to images with boxes only. */
    void requireUnused() {
        if (quarterTurns) {
            throw invalid("--quarter-turns applies to images with boxes only. Omit it.");
        }
    }

    /**
     * The request, from what the command would train a classifier by.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for options that do not apply
     */
    DetectorRequest request(TrainRequest classifier) {
        TrainRequest.TrainNetworkRequest network = classifier.network();
        TrainRequest.TrainScheduleRequest schedule = classifier.schedule();
        if (network.from().isEmpty()) {
            throw invalid(
                    "The images of %s have boxes, and a detector starts from a network with learned weights. Add --from MODEL: a YOLOX, or a backbone that was added (fovea backbones list)."
                            .formatted(classifier.data()));
        }
        Map<String, Boolean> stated = new LinkedHashMap<>();
        stated.put("--network", !network.family().isEmpty());
        stated.put("--size", !network.size().isEmpty());
        stated.put("--cut", !network.cut().isEmpty());
        stated.put("--fit", !network.fit().isEmpty());
        stated.put("--epochs", schedule.epochs().isPresent());
        List<String> wrong = stated.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (!wrong.isEmpty()) {
            throw invalid("%s %s not apply to images with boxes, from which a detector is trained. Omit %s."
                    .formatted(
                            String.join(", ", wrong),
                            wrong.size() == 1 ? "does" : "do",
                            wrong.size() == 1 ? "it" : "them"));
        }
        return new DetectorRequest(
                classifier.model(),
                classifier.data(),
                new DetectorRequest.DetectorNetworkRequest(network.from(), network.contract(), network.edge()),
                new DetectorRequest.DetectorScheduleRequest(
                        schedule.minutes(), schedule.seed(), schedule.steps(), Optional.of(quarterTurns)),
                classifier.split(),
                classifier.promote(),
                classifier.int8(),
                classifier.note());
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
