package dev.fovea.model.outputs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of several outputs the labels belong to. */
record OutputChoice(ObservedOutput output, Optional<String> why) {

    /**
     * The named one; else the only one; else the only one with a number per label, or the last computed of those.
     *
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a name that there is not, {@code ARGUMENT_INVALID}
     *     that names the outputs when more than one may be meant
     */
    static OutputChoice of(OnnxModel model, Optional<String> named, List<ObservedOutput> outputs, List<String> labels) {
        if (named.isPresent()) {
            String name = CompatibilityCheck.output(model, named).name();
            return outputs.stream()
                    .filter(output -> output.name().equals(name))
                    .findFirst()
                    .map(output -> new OutputChoice(output, Optional.of("named by --output")))
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                            "The output \"%s\" holds no numbers. Name another one with --output.".formatted(name)));
        }
        List<ObservedOutput> inOrder = outputs.stream()
                .filter(output -> LabelOrder.lost(model, output).isEmpty())
                .toList();
        List<ObservedOutput> sorted =
                outputs.stream().filter(output -> !inOrder.contains(output)).toList();
        if (!sorted.isEmpty() && fitting(inOrder, labels).isEmpty()) {
            return new OutputChoice(sorted.getFirst(), Optional.empty()); // refused by name
        }
        if (!sorted.isEmpty() && inOrder.size() == 1) {
            return new OutputChoice(
                    inOrder.getFirst(),
                    Optional.of("the only one of %d outputs in the order of the labels".formatted(outputs.size())));
        }
        return inOrder(model, inOrder, labels);
    }

    private static OutputChoice inOrder(OnnxModel model, List<ObservedOutput> outputs, List<String> labels) {
        List<ObservedOutput> fitting = fitting(outputs, labels);
        requireTensors(model, fitting, labels);
        if (outputs.size() == 1) {
            return new OutputChoice(outputs.getFirst(), Optional.empty());
        }
        if (fitting.size() == 1) {
            return new OutputChoice(
                    fitting.getFirst(),
                    Optional.of(
                            "the only one of %d outputs that fits %d labels".formatted(outputs.size(), labels.size())));
        }
        return last(model, fitting).orElseThrow(() -> ambiguous(fitting.isEmpty() ? outputs : fitting, labels.size()));
    }

    /** Probabilities in a map, as a ZipMap gives them, are not passed over for the label beside them. */
    private static void requireTensors(OnnxModel model, List<ObservedOutput> fitting, List<String> labels) {
        boolean scored = fitting.stream().anyMatch(output -> labels.size() == 1 || output.values() > 1);
        model.outputs().stream()
                .filter(output -> !scored && output.type().endsWith("_type"))
                .findFirst()
                .ifPresent(output -> {
                    throw new FoveaException(
                            ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                            "The model's output %s is a %s and no tensor. Export it without ZipMap (zipmap=False in skl2onnx), or name another output with --output."
                                    .formatted(output.name(), output.type().replace("_", " ")));
                });
    }

    /** With a number per label; only where there is none, those with one number. */
    private static List<ObservedOutput> fitting(List<ObservedOutput> outputs, List<String> labels) {
        List<ObservedOutput> fitting = outputs.stream()
                .filter(output -> output.values() == labels.size()
                        || BackgroundLabel.without(labels, output.values()).isPresent())
                .filter(output -> labels.size() > 1 || !output.integers())
                .toList();
        return fitting.isEmpty()
                ? outputs.stream()
                        .filter(output -> output.values() == 1 && (output.integers() || labels.size() <= 2))
                        .toList()
                : fitting;
    }

    /** The one that is computed from all others. */
    private static Optional<OutputChoice> last(OnnxModel model, List<ObservedOutput> fitting) {
        return fitting.stream()
                .filter(output -> fitting.stream()
                        .allMatch(other ->
                                other.name().equals(output.name()) || isBefore(model, other.name(), output.name())))
                .findFirst()
                .map(output -> new OutputChoice(
                        output,
                        Optional.of("computed from %s"
                                .formatted(fitting.stream()
                                        .filter(other -> !other.name().equals(output.name()))
                                        .map(ObservedOutput::name)
                                        .toList()))));
    }

    /** A value that was copied to become an output counts as that output. */
    private static boolean isBefore(OnnxModel model, String one, String other) {
        GraphIndex graph = new GraphIndex(model);
        String source = one;
        Optional<String> from = Optional.of(one);
        while (from.isPresent()) {
            source = from.get();
            from = graph.producer(source)
                    .filter(node -> node.getOpType().equals("Identity")
                            || node.getOpType().equals("Cast"))
                    .map(node -> node.getInput(0));
        }
        return graph.dependsOn(other, source);
    }

    private static FoveaException ambiguous(List<ObservedOutput> outputs, int labels) {
        List<String> names = new ArrayList<>(outputs.stream()
                .sorted(Comparator.comparing(ObservedOutput::name))
                .map(output -> "%s (%d values)".formatted(output.name(), output.values()))
                .toList());
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "More than one output may be the one that the %d labels belong to: %s. Name it with --output."
                        .formatted(labels, String.join(", ", names)));
    }
}
