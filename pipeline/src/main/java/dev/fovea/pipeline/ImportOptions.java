package dev.fovea.pipeline;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.outputs.LabelDecision;
import dev.fovea.pipeline.request.ImportRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that all options of {@code fovea import} apply to the imported model; others are refused. */
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
            "--decode",
            "--golden");

    private ImportOptions() {}

    /** {@code ARGUMENT_INVALID} for options that an exported version determines. */
    static void requireForExport(ImportRequest request) {
        require(
                options(request),
                OF_A_MODEL,
                "an exported version, which has its name, contract, labels and golden images");
    }

    /** {@code ARGUMENT_INVALID} for options that do not apply to the task. */
    static void requireFor(ImportRequest request, ImportFindings.Found found) {
        Set<String> options = options(request);
        Optional<Postprocessing> postprocessing = found.use().postprocessing();
        if (postprocessing.isEmpty()) {
            boolean single = found.use().options().task().equals(Optional.of(Task.CLASSIFICATION));
            require(
                    options,
                    single ? List.of("--decoder", "--threshold") : List.of("--decoder"),
                    single ? "a model with one label per image" : "a model with labels");
            return;
        }
        switch (postprocessing.get()) {
            case Postprocessing.Decoding(DecoderConfig.SemanticMap _) ->
                require(options, List.of("--activation"), "a model with a label for each pixel");
            case Postprocessing.Decoding _ ->
                require(
                        options,
                        List.of("--output", "--activation", "--threshold"),
                        "a detector, whose decoder says that");
            case Postprocessing.Embedding _ ->
                require(
                        options,
                        List.of("--decoder", "--labels", "--activation", "--threshold"),
                        "a model for embeddings");
            case Postprocessing.Tensors _ -> {
                List<String> tensorOptions =
                        new ArrayList<>(List.of("--decoder", "--labels", "--output", "--activation", "--threshold"));
                if (found.use().contract().isEmpty()) {
                    tensorOptions.addAll(List.of("--decode", "--golden"));
                }
                require(options, tensorOptions, "a model for tensors");
            }
            case Postprocessing.OneLabel _, Postprocessing.MultiLabel _, Postprocessing.MultiTask _ -> {
                // decided by the trial run
            }
        }
    }

    /** Refuses an option without effect. */
    static void requireThreshold(NetworkUse use, LabelDecision decision) {
        if (decision.postprocessing() instanceof Postprocessing.OneLabel
                && use.options().threshold() != OutputOptions.THRESHOLD) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--threshold does not apply: this is a model with one label per image. Omit it, or use --task multi-label.");
        }
    }

    private static Set<String> options(ImportRequest request) {
        ImportRequest.ImportNetworkRequest network = request.network();
        Set<String> options = new HashSet<>();
        add(options, "--name", !request.model().isEmpty());
        add(options, "--task", !network.task().isEmpty());
        add(options, "--decoder", !network.decoder().isEmpty());
        add(options, "--contract", !network.contract().isEmpty());
        add(options, "--labels", !network.labels().isEmpty());
        add(options, "--output", !network.output().isEmpty());
        add(options, "--activation", !network.activation().isEmpty());
        add(options, "--threshold", network.threshold().isPresent());
        add(options, "--decode", !network.decode().mode().isEmpty());
        add(options, "--golden", !request.golden().isEmpty());
        return options;
    }

    private static void add(Set<String> options, String option, boolean present) {
        if (present) {
            options.add(option);
        }
    }

    private static void require(Set<String> options, List<String> inapplicable, String what) {
        List<String> wrong = inapplicable.stream().filter(options::contains).toList();
        if (!wrong.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s %s not apply: this is %s. Omit %s."
                            .formatted(
                                    String.join(", ", wrong),
                                    wrong.size() == 1 ? "does" : "do",
                                    what,
                                    wrong.size() == 1 ? "it" : "them"));
        }
    }
}
