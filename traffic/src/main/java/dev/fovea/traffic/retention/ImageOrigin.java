package dev.fovea.traffic.retention;

import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import java.time.Instant;
import java.util.List;

/**
 * The request that an image came with, and what was predicted.
 *
 * @param version that predicted
 * @param request the request's id
 * @param time of the response, in microseconds
 * @param labels the predicted labels with their scores, best first, at most {@value #MAX_LABELS}: of a classifier the
 *     best ones, of a detector one for each object
 */
public record ImageOrigin(VersionId version, String request, Instant time, List<LoggedLabel> labels) {

    /** The labels that are kept. */
    public static final int MAX_LABELS = 10;

    public ImageOrigin {
        labels = labels.stream().limit(MAX_LABELS).toList();
    }

    /** Of a row of the log. */
    public static ImageOrigin of(LoggedPrediction row) {
        return new ImageOrigin(
                row.version(),
                row.request().id(),
                row.time(),
                row.output() instanceof PredictedOutput.TopLabels classes
                        ? classes.top()
                        : row.output().labels());
    }
}
