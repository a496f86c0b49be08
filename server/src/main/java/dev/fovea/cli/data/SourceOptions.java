package dev.fovea.cli.data;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a folder is read and its images are added. */
final class SourceOptions {

    @Mixin
    private final IntakeOptions intake = new IntakeOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "The format of the annotations, where it is not recognised: coco, yolo, voc, cvat, label-studio, datumaro, masks, open-images, csv, folders.")
    private @Nullable String format;

    @Option(names = "--rescale", description = "Scale boxes that are stated for an image of another size.")
    private boolean rescale;

    @Option(
            names = "--boxes",
            paramLabel = "xywh|xyxy|cxcywh",
            description = "What the four numbers of a box are, where the file does not follow its format.")
    private @Nullable BoxReading boxes;

    @Option(
            names = "--pixels",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "Whether coordinates are pixels, or shares of the edges, where the file does not follow its format.")
    private @Nullable Boolean pixels;

    @Option(
            names = "--class-shift",
            paramLabel = "N",
            description = "Added to each class number, such as -1 (default: 0).")
    private int classShift;

    ReadOptions reading(Optional<ImageTask> task) {
        return new ReadOptions(
                rescale,
                Optional.ofNullable(boxes),
                Optional.ofNullable(pixels),
                classShift,
                task,
                Optional.ofNullable(format).map(word -> ExchangeFormat.named(word, task.orElse(ImageTask.DETECTION))));
    }

    /** How images are added. */
    IntakeOptions intake() {
        return intake;
    }
}
