package dev.fovea.cli.learn;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which options of {@code fovea import} apply to what is imported; one that does not is refused, never ignored. */
final class ImportOptions {

    private static final List<String> OF_A_MODEL = List.of(
            "--name",
            "--task",
            "--decoder",
            "--contract",
            "--labels",
            "--output",
            "--activation",
            "--threshold",
            "--golden");

    private ImportOptions() {}

    /** {@code ARGUMENT_INVALID} for what an exported version says itself. */
    static void requireForExport(Set<String> given) {
        require(given, OF_A_MODEL, "an exported version, which has its name, contract, labels and golden images");
    }

    /** {@code ARGUMENT_INVALID} for options that the task has no use for. */
    static void requireFor(Set<String> given, ImportFindings.Found found) {
        Optional<Postprocessing> postprocessing = found.answers().postprocessing();
        if (postprocessing.isEmpty()) {
            boolean single = found.answers().options().task().equals(Optional.of(Task.CLASSIFICATION));
            require(
                    given,
                    single ? List.of("--decoder", "--threshold") : List.of("--decoder"),
                    single ? "a model with one label per image" : "a model with labels");
            return;
        }
        switch (postprocessing.get()) {
            case Postprocessing.Objects(DecoderConfig.SemanticMap _) ->
                require(given, List.of("--activation"), "a model with a label for each pixel");
            case Postprocessing.Objects _ ->
                require(given, List.of("--output", "--activation", "--threshold"), "a detector, whose decoder says that");
            case Postprocessing.Embedding _ ->
                require(given, List.of("--decoder", "--labels", "--activation", "--threshold"), "a model for embeddings");
            case Postprocessing.Tensors _ -> {
                List<String> options =
                        new ArrayList<>(List.of("--decoder", "--labels", "--output", "--activation", "--threshold"));
                if (found.answers().contract().isEmpty()) {
                    options.add("--golden");
                }
                require(given, options, "a model for tensors");
            }
            case Postprocessing.OneLabel _, Postprocessing.Labels _ -> {
                // decided when its output is looked at
            }
        }
    }

    private static void require(Set<String> given, List<String> useless, String what) {
        List<String> wrong = useless.stream().filter(given::contains).toList();
        if (!wrong.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s %s not apply: this is %s. Leave %s out."
                            .formatted(
                                    String.join(", ", wrong),
                                    wrong.size() == 1 ? "does" : "do",
                                    what,
                                    wrong.size() == 1 ? "it" : "them"));
        }
    }
}
