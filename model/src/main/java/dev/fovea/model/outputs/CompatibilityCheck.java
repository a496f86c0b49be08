package dev.fovea.model.outputs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.DecoderClasses;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorSpec.Axis;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether a graph, a contract and a list of labels belong together, by the file alone. Errors:
 * {@code MODEL_OPERATOR_UNSUPPORTED}, {@code MODEL_SIGNATURE_UNSUPPORTED}, {@code CONTRACT_MISMATCH},
 * {@code LABELS_MISMATCH}.
 */
public final class CompatibilityCheck {

    private static final Set<String> KNOWN_DOMAINS = Set.of("ai.onnx", "ai.onnx.ml", "com.microsoft");

    private CompatibilityCheck() {}

    /** Checks all of them; a model without a contract takes tensors only, so its inputs are as they are. */
    public static void check(
            OnnxModel model,
            Optional<PreprocessingContract> contract,
            Postprocessing postprocessing,
            List<String> labels) {
        checkLabels(labels);
        checkOperators(model);
        checkOutputKinds(model, postprocessing);
        contract.ifPresent(wanted -> checkInput(model, wanted));
        checkLabelledOutput(model, postprocessing, labels);
        if (postprocessing instanceof Postprocessing.Decoding(DecoderConfig decoder)) {
            checkHead(model, decoder, labels);
        }
    }

    private static void checkHead(OnnxModel model, DecoderConfig decoder, List<String> labels) {
        List<String> names = model.outputs().stream().map(TensorSpec::name).toList();
        decoder.outputs().stream()
                .filter(output -> !names.contains(output))
                .findFirst()
                .ifPresent(output -> {
                    throw new FoveaException(
                            ErrorCode.DECODER_INVALID,
                            "The decoder reads the output \"%s\" but the model gives %s. Correct the decoder."
                                    .formatted(output, names));
                });
        DecoderClasses.of(decoder, model.outputs()).ifPresent(classes -> checkClasses(decoder, classes, labels));
    }

    private static void checkClasses(DecoderConfig decoder, int classes, List<String> labels) {
        if (classes != labels.size()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The detector's outputs %s have %d classes but there are %d labels%s. Give one label per class, in the order of the output."
                            .formatted(
                                    decoder.outputs(),
                                    classes,
                                    labels.size(),
                                    labels.size() > classes
                                            ? "; \"%s\" is the first without a class".formatted(labels.get(classes))
                                            : ""));
        }
    }

    /** Whether the first input takes any number of images at once. */
    public static boolean batches(OnnxModel model) {
        return model.inputs().getFirst().axes().getFirst().fixed().isEmpty();
    }

    private static void checkLabels(List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            int first = labels.indexOf(labels.get(i));
            if (first < i) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "\"%s\" is label %d and again label %d. Give each output a label of its own."
                                .formatted(labels.get(i), first + 1, i + 1));
            }
        }
    }

    private static void checkOperators(OnnxModel model) {
        model.operators().keySet().stream()
                .filter(operator -> operator.contains(":"))
                .filter(operator -> !KNOWN_DOMAINS.contains(operator.substring(0, operator.lastIndexOf(':'))))
                .findFirst()
                .ifPresent(operator -> {
                    throw new FoveaException(
                            ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                            "The model needs the custom operator %s, which is not part of ONNX. Export it without custom operators."
                                    .formatted(operator));
                });
    }

    /** Whether an image after the contract is what the model takes. */
    public static void checkInput(OnnxModel model, PreprocessingContract contract) {
        checkOperators(model);
        List<TensorSpec> inputs = model.inputs();
        if (inputs.size() != 1) {
            throw signature("takes %d inputs %s; one image tensor is served".formatted(inputs.size(), inputs));
        }
        TensorSpec input = inputs.getFirst();
        String type = switch (contract.tensor().type()) {
            case FLOAT32 -> "float";
            case FLOAT16 -> "float16";
            case UINT8 -> "uint8";
        };
        if (!input.type().equals(type)) {
            throw mismatch("gives %s but the model's input is %s".formatted(type, input));
        }
        if (input.axes().size() != 4) {
            throw signature("input %s has %d axes; a batch of images has 4"
                    .formatted(input, input.axes().size()));
        }
        List<Integer> shape = contract.outputShape();
        for (int axis = 0; axis < 3; axis++) {
            long given = shape.get(axis);
            input.axes().get(axis + 1).fixed().filter(length -> length != given).ifPresent(length -> {
                throw mismatch("gives %s tensors of shape %s but the model's input is %s"
                        .formatted(contract.tensor().layout(), shape, input));
            });
        }
    }

    private static void checkOutputKinds(OnnxModel model, Postprocessing postprocessing) {
        if (model.outputs().isEmpty()) {
            throw signature("has no outputs");
        }
        if (postprocessing instanceof Postprocessing.Tensors) {
            return; // what is no tensor is left out
        }
        for (TensorSpec output : read(model, postprocessing)) {
            if (output.type().endsWith("_type") || output.type().endsWith("not_set")) {
                throw signature("output %s is a %s and no tensor; export it without ZipMap or sequences"
                        .formatted(output.name(), output.type().replace("_", " ")));
            }
        }
    }

    /** The outputs that become the prediction; the others need not even be tensors. */
    private static List<TensorSpec> read(OnnxModel model, Postprocessing postprocessing) {
        return switch (postprocessing) {
            case Postprocessing.OneLabel one ->
                one.heatMap()
                        .map(map -> List.of(output(model, one.output()), output(model, Optional.of(map))))
                        .orElseGet(() -> List.of(output(model, one.output())));
            case Postprocessing.MultiLabel several -> List.of(output(model, several.output()));
            case Postprocessing.MultiTask(List<TaskHead> heads) ->
                heads.stream()
                        .map(head -> output(model, Optional.of(head.output())))
                        .toList();
            case Postprocessing.Embedding(Optional<String> output) -> List.of(output(model, output));
            case Postprocessing.Decoding(DecoderConfig decoder) ->
                model.outputs().stream()
                        .filter(spec -> decoder.outputs().contains(spec.name()))
                        .toList();
            case Postprocessing.Tensors ignored -> List.of();
        };
    }

    /** The output of that name, without a name the first; {@code MODEL_SIGNATURE_UNSUPPORTED} names those there are. */
    static TensorSpec output(OnnxModel model, Optional<String> name) {
        return model.outputs().stream()
                .filter(spec -> name.isEmpty() || spec.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> signature("has no output \"%s\"; it has %s. Name one of them"
                        .formatted(
                                name.orElse(""),
                                model.outputs().stream().map(TensorSpec::name).toList())));
    }

    private static void checkLabelledOutput(OnnxModel model, Postprocessing postprocessing, List<String> labels) {
        switch (postprocessing) {
            case Postprocessing.OneLabel(
                    Optional<String> output,
                    Activation activation,
                    double _,
                    Optional<String> _) -> {
                OptionalLong values = values(output(model, output));
                boolean binary = labels.size() == 2 && values.orElse(1) == 1;
                if (activation == Activation.SIGMOID && labels.size() != 2) {
                    throw new FoveaException(
                            ErrorCode.LABELS_MISMATCH,
                            "One number speaks for two labels, but there are %d. Give two, the one that it is the probability of second."
                                    .formatted(labels.size()));
                }
                if (values.isPresent() && activation != Activation.ARGMAX && !binary) {
                    checkOutput(values.getAsLong(), labels);
                }
            }
            case Postprocessing.MultiLabel several ->
                values(output(model, several.output())).ifPresent(values -> checkOutput(values, labels));
            case Postprocessing.MultiTask(List<TaskHead> heads) ->
                heads.forEach(head -> values(output(model, Optional.of(head.output())))
                        .ifPresent(values -> checkOutput(values, head.labels())));
            case Postprocessing.Decoding ignored -> {}
            case Postprocessing.Embedding ignored -> {}
            case Postprocessing.Tensors ignored -> {}
        }
    }

    /** The count of values per image; empty where the graph leaves it open. */
    private static OptionalLong values(TensorSpec output) {
        long values = 1;
        for (Axis axis : output.axes().stream().skip(1).toList()) {
            if (axis.fixed().isEmpty()) {
                return OptionalLong.empty();
            }
            values *= axis.fixed().get();
        }
        // an output of one axis may have lost its batch axis
        return output.axes().size() < 2 ? OptionalLong.empty() : OptionalLong.of(values);
    }

    /** Checks the count of values that one image produced in a trial run. */
    public static void checkOutput(long values, List<String> labels) {
        if (values != labels.size()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The model gives %d values but there are %d labels. Give one label per line, in the order of the output."
                            .formatted(values, labels.size()));
        }
    }

    private static FoveaException signature(String what) {
        return new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED, String.format(Locale.ROOT, "The model %s.", what));
    }

    private static FoveaException mismatch(String what) {
        return new FoveaException(
                ErrorCode.CONTRACT_MISMATCH,
                "The contract %s. Correct the contract's size, layout or type.".formatted(what));
    }
}
