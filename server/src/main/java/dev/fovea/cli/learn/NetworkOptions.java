package dev.fovea.cli.learn;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Activation;
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
                    "What it answers: classification, multi-label, detection, embedding or tensors (default: told from the graph).")
    private @Nullable String task;

    @Option(
            names = "--decoder",
            paramLabel = "DECODER",
            description = "For detection: JSON file that says how its outputs are read (default: told from the graph).")
    private @Nullable Path decoder;

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT",
            description = "JSON file with the preprocessing contract. Only a model for tensors goes without.")
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
                    "The output to use, by its name, or a tensor inside the network to make its output (default: the only one, or the only one that fits the labels).")
    private @Nullable String output;

    @Option(
            names = "--activation",
            paramLabel = "ACTIVATION",
            description =
                    "What the output leaves to be done: softmax, sigmoid, or none where it holds probabilities (default: told from the graph and from trial runs).")
    private @Nullable String activation;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description =
                    "For multi-label and masks: from which probability a label applies (default: ${DEFAULT-VALUE}).")
    private double threshold = 0.5;

    ImportArguments given(Optional<String> name) {
        return new ImportArguments(
                name,
                Optional.ofNullable(task),
                Optional.ofNullable(decoder),
                Optional.ofNullable(contract),
                Optional.ofNullable(labels),
                Optional.ofNullable(output),
                Optional.ofNullable(activation).map(NetworkOptions::activation),
                threshold);
    }

    /** Whether anything is said that an exported version has in itself. */
    boolean isStated() {
        return task != null || decoder != null || contract != null || labels != null;
    }

    private static Activation activation(String word) {
        return switch (word) {
            case "softmax" -> Activation.SOFTMAX;
            case "sigmoid" -> Activation.SIGMOID;
            case "none" -> Activation.NONE;
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--activation is \"%s\"; it must be softmax, sigmoid or none.".formatted(word));
        };
    }
}
