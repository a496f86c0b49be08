package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.DetectionFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Images with boxes that a detector is evaluated on: of a folder with splits the test split, else the validation split.
 *
 * @param notes what the folder was taken for, and what had to be settled in it
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
