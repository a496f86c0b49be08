package dev.fovea.model;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contract;
import dev.fovea.model.TensorSpec.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a graph, a contract and a list of labels belong together, told from the file alone. Errors:
 * {@code MODEL_OPERATOR_UNSUPPORTED}, {@code MODEL_SIGNATURE_UNSUPPORTED}, {@code CONTRACT_MISMATCH},
 * {@code LABELS_MISMATCH}.
 */
public final class Fit {

    private static final Set<String> KNOWN_DOMAINS = Set.of("ai.onnx", "ai.onnx.ml", "com.microsoft");

    private Fit() {}

    /** Checks all of them; a model without a contract takes tensors only, so its inputs are as they are. */
    public static void check(
            OnnxModel model, Optional<Contract> contract, Postprocessing postprocessing, List<String> labels) {
        checkLabels(labels);
        checkOperators(model);
        checkOutputKinds(model, postprocessing);
        contract.ifPresent(wanted -> checkInput(model, wanted));
        if (hasLabels(postprocessing)) {
            checkOutput(model, labels);
        }
        if (postprocessing instanceof Postprocessing.Objects(Head head)) {
            checkHead(model, head, labels);
        }
    }

    private static void checkHead(OnnxModel model, Head head, List<String> labels) {
        List<String> names = model.outputs().stream().map(TensorSpec::name).toList();
        head.outputs().stream()
                .filter(output -> !names.contains(output))
                .findFirst()
                .ifPresent(output -> {
                    throw new FoveaException(
                            ErrorCode.HEAD_INVALID,
                            "The head reads the output \"%s\" but the model gives %s. Correct the head."
                                    .formatted(output, names));
                });
        HeadClasses.of(head, model.outputs()).ifPresent(classes -> checkOutput(classes, labels));
    }

    /** Whether the answer is one number for each label. */
    public static boolean hasLabels(Postprocessing postprocessing) {
        return switch (postprocessing) {
            case Postprocessing.OneLabel ignored -> true;
            case Postprocessing.Labels ignored -> true;
            case Postprocessing.Objects ignored -> false;
            case Postprocessing.Embedding ignored -> false;
            case Postprocessing.Tensors ignored -> false;
        };
    }

    /** Whether the first input takes any number of pictures at once. */
    public static boolean batches(OnnxModel model) {
        return model.inputs().getFirst().axes().getFirst().fixed().isEmpty();
    }

    /** What is left to do to the output: nothing if the graph ends in a softmax. */
    public static Activation activation(OnnxModel model) {
        return endsIn(model, "Softmax") ? Activation.NONE : Activation.SOFTMAX;
    }

    /** Whether the first output comes straight from an operator of that type. */
    public static boolean endsIn(OnnxModel model, String operator) {
        String output = model.outputs().getFirst().name();
        return model.proto().getGraph().getNodeList().stream()
                .filter(node -> node.getOutputList().contains(output))
                .anyMatch(node -> node.getOpType().equals(operator));
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

    private static void checkInput(OnnxModel model, Contract contract) {
        List<TensorSpec> inputs = model.inputs();
        if (inputs.size() != 1) {
            throw signature("takes %d inputs %s; one picture tensor is served".formatted(inputs.size(), inputs));
        }
        TensorSpec input = inputs.getFirst();
        String type = switch (contract.type()) {
            case FLOAT32 -> "float";
            case FLOAT16 -> "float16";
            case UINT8 -> "uint8";
        };
        if (!input.type().equals(type)) {
            throw mismatch("gives %s but the model's input is %s".formatted(type, input));
        }
        if (input.axes().size() != 4) {
            throw signature("input %s has %d axes; a batch of pictures has 4"
                    .formatted(input, input.axes().size()));
        }
        List<Integer> shape = contract.outputShape();
        for (int axis = 0; axis < 3; axis++) {
            long given = shape.get(axis);
            input.axes().get(axis + 1).fixed().filter(length -> length != given).ifPresent(length -> {
                throw mismatch("gives %s tensors of shape %s but the model's input is %s"
                        .formatted(contract.layout(), shape, input));
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
        for (TensorSpec output : model.outputs()) {
            if (output.type().endsWith("_type") || output.type().endsWith("not_set")) {
                throw signature("output %s is a %s and no tensor; export it without ZipMap or sequences"
                        .formatted(output.name(), output.type().replace("_", " ")));
            }
        }
    }

    private static void checkOutput(OnnxModel model, List<String> labels) {
        List<Long> lengths = new ArrayList<>();
        TensorSpec output = model.outputs().getFirst();
        output.axes().stream().skip(1).map(Axis::fixed).forEach(length -> length.ifPresent(lengths::add));
        boolean known =
                !output.axes().isEmpty() && lengths.size() == output.axes().size() - 1;
        long classes = lengths.stream().reduce(1L, (a, b) -> a * b);
        if (known) {
            checkOutput(classes, labels);
        }
    }

    /** Checks how many values one picture really gave, which the file alone need not tell. */
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
