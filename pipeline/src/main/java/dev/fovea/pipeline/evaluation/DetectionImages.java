package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.DetectionFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The evaluation images of a detector: the test split of a folder with splits, else the validation split.
 *
 * @param notes the recognized format of the folder, and its findings
 */
record DetectionImages(List<LabelledBoxes> images, List<String> notes) {

    /** Reads a folder; the errors of {@link DetectionFolder#read}. */
    static DetectionImages read(Path folder, List<String> labels) {
        DetectionFolder annotated = DetectionFolder.read(folder, labels);
        List<LabelledBoxes> images = Stream.of(Split.TEST, Split.VALIDATION)
                .map(annotated::on)
                .filter(split -> !split.isEmpty())
                .findFirst()
                .orElseGet(annotated::images);
        return new DetectionImages(
                images,
                Stream.concat(Stream.of(annotated.sentence()), annotated.findings().sentences().stream())
                        .toList());
    }
}
