package dev.fovea.pipeline;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.request.ImportRequest;
import java.util.ArrayList;
import java.util.HashSet;
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
    static void requireForExport(ImportRequest request) {
        require(
                given(request),
                OF_A_MODEL,
                "an exported version, which has its name, contract, labels and golden images");
    }

    /** {@code ARGUMENT_INVALID} for options that the task has no use for. */
    static void requireFor(ImportRequest request, ImportFindings.Found found) {
        Set<String> given = given(request);
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
            case Postprocessing.Decoding(DecoderConfig.SemanticMap _) ->
                require(given, List.of("--activation"), "a model with a label for each pixel");
            case Postprocessing.Decoding _ ->
                require(
                        given,
                        List.of("--output", "--activation", "--threshold"),
                        "a detector, whose decoder says that");
            case Postprocessing.Embedding _ ->
                require(
                        given,
                        List.of("--decoder", "--labels", "--activation", "--threshold"),
                        "a model for embeddings");
            case Postprocessing.Tensors _ -> {
                List<String> options =
                        new ArrayList<>(List.of("--decoder", "--labels", "--output", "--activation", "--threshold"));
                if (found.answers().contract().isEmpty()) {
                    options.add("--golden");
                }
                require(given, options, "a model for tensors");
            }
            case Postprocessing.OneLabel _, Postprocessing.MultiLabel _ -> {
                // decided when its output is looked at
            }
        }
    }

    private static Set<String> given(ImportRequest request) {
        ImportRequest.ImportNetworkRequest network = request.network();
        Set<String> given = new HashSet<>();
        add(given, "--name", !request.model().isEmpty());
        add(given, "--task", !network.task().isEmpty());
        add(given, "--decoder", !network.decoder().isEmpty());
        add(given, "--contract", !network.contract().isEmpty());
        add(given, "--labels", !network.labels().isEmpty());
        add(given, "--output", !network.output().isEmpty());
        add(given, "--activation", !network.activation().isEmpty());
        add(given, "--threshold", network.threshold().isPresent());
        add(given, "--golden", !request.golden().isEmpty());
        return given;
    }

    private static void add(Set<String> given, String option, boolean present) {
        if (present) {
            given.add(option);
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
