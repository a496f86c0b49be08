package dev.fovea.cli.learn;

import dev.fovea.pipeline.request.ImportRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says of an imported network; what it leaves out is read from the file and those beside it. */
final class NetworkOptions {

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "Task of the model: classification, multi-label, detection, embedding or tensors (default: recognised from the graph).")
    private @Nullable String task;

    @Option(
            names = "--decoder",
            paramLabel = "DECODER",
            description =
                    "For detection: JSON file that says how the outputs are decoded (default: recognised from the graph).")
    private @Nullable Path decoder;

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT",
            description =
                    "JSON file with the preprocessing contract. Required unless the task is tensors or a file beside the model has it.")
    private @Nullable Path contract;

    @Option(
            names = "--labels",
            paramLabel = "LABELS",
            description = "Text file: one label per line, in the order of the output.")
    private @Nullable Path labels;

    @Option(
            names = "--output",
            paramLabel = "OUTPUT",
            description =
                    "Name of the output, or of an inner tensor to use as the output (default: the only output, or the only one that fits the labels).")
    private @Nullable String output;

    @Option(
            names = "--activation",
            paramLabel = "ACTIVATION",
            description =
                    "Activation to apply to the output: softmax, sigmoid, or none for probabilities (default: recognised from the graph and from trial runs).")
    private @Nullable String activation;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "For multi-label and masks: min probability of a label (default: 0.5).")
    private @Nullable Double threshold;

    @Option(
            names = "--decode",
            paramLabel = "exact|fast|auto",
            description =
                    "How JPEGs are decoded. auto measures both on the images of --data and takes fast if it is faster and costs no more than the margin (default: as the contract says).")
    private @Nullable String decode;

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            description =
                    "For --decode auto: max loss of accuracy, in percentage points; a detector may lose twice as much mean average precision (default: 0.5).")
    private @Nullable Double margin;

    /** As a request has it. */
    ImportRequest.ImportNetworkRequest network() {
        return new ImportRequest.ImportNetworkRequest(
                text(task),
                path(decoder),
                path(contract),
                path(labels),
                text(output),
                text(activation),
                Optional.ofNullable(threshold),
                new ImportRequest.ImportDecodeRequest(text(decode), Optional.ofNullable(margin)));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static String path(@Nullable Path given) {
        return given == null ? "" : given.toString();
    }
}
