package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.head.StudiedFeatures;
import dev.fovea.statistics.ConfusionMatrix;
import java.util.List;

/**
 * What all studies of a diagnosis look at.
 *
 * @param labels of the classes, in the order of their indices
 * @param images in the order of the features' rows
 * @param features of the images
 * @param given {@code [N]} label of each image
 * @param predicted {@code [N]} by heads that did not learn from the image
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record StudiedSet(
        List<String> labels, List<LabelledFile> images, StudiedFeatures features, int[] given, int[] predicted) {

    int classes() {
        return labels.size();
    }

    /** Truth against prediction. */
    ConfusionMatrix confusion() {
        return ConfusionMatrix.tally(classes(), given, predicted);
    }

    /** The images of a class. */
    int count(int label) {
        int count = 0;
        for (int each : given) {
            count += each == label ? 1 : 0;
        }
        return count;
    }

    /** The file of an image with its class, for people. */
    String shown(int row) {
        return "%s (%s)".formatted(images.get(row).sample().image().getFileName(), labels.get(given[row]));
    }
}
