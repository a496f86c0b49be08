package dev.fovea.model.outputs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.graph.ArgMaxClasses;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the output of a model with labels holds, decided from the graph and from trial runs on several images and noise.
 * Where two readings stay possible it is an error that names the options.
 *
 * @param postprocessing what is done to the output
 * @param labels in the order of the output, without a background that the network has no value for
 * @param reasons what was decided and why, one sentence each
 */
public record LabelDecision(Postprocessing postprocessing, List<String> labels, List<String> reasons) {

    public LabelDecision {
        labels = List.copyOf(labels);
        reasons = List.copyOf(reasons);
    }

    /**
     * Decides.
     *
     * @param options what the user requested
     * @param labels at least one
     * @param outputs what each output that holds numbers gave in the trial runs; at least one
     * @throws FoveaException {@code ARGUMENT_INVALID} where an option is needed, {@code LABELS_MISMATCH},
     *     {@code MODEL_SIGNATURE_UNSUPPORTED}
     */
    public static LabelDecision of(
            OnnxModel model, OutputOptions options, List<String> labels, List<ObservedOutput> outputs) {
        OutputChoice choice = OutputChoice.of(model, options.output(), outputs, labels);
        return new Case(model, options, labels, choice, outputs.size() > 1).decide();
    }

    /** One decision under way. */
    private static final class Case {

        private final OnnxModel model;
        private final OutputOptions options;
        private final ObservedOutput seen;
        private final ActivationChoice activation;
        private final List<String> reasons = new ArrayList<>();
        private final Optional<String> stored;
        private List<String> labels;

        Case(OnnxModel model, OutputOptions options, List<String> labels, OutputChoice choice, boolean several) {
            this.model = model;
            this.options = options;
            this.labels = labels;
            this.seen = choice.output();
            this.activation = new ActivationChoice(seen, OutputOrigin.of(model, seen.name()), options, reasons);
            boolean first = seen.name().equals(model.outputs().getFirst().name());
            this.stored = several || !first ? Optional.of(seen.name()) : Optional.empty();
            choice.why().ifPresent(why -> reasons.add("output \"%s\" is used: %s".formatted(seen.name(), why)));
        }

        LabelDecision decide() {
            int values = seen.values();
            LabelOrder.lost(model, seen).ifPresent(lost -> {
                throw activation.unfit(
                        "%s (made by %s); name the tensor in front of it with --output %s, or export the network without %s"
                                .formatted(
                                        lost.operator().startsWith("Reduce")
                                                ? "is one value of whichever label"
                                                : "is in the order of its values, not in that of the labels",
                                        lost.operator(),
                                        lost.before(),
                                        lost.operator()));
            });
            if (isIndex(values)) {
                return index();
            }
            BackgroundLabel.without(labels, values).filter(fewer -> values > 1).ifPresent(fewer -> {
                reasons.add("the label of the background is left out: the network gives %d values and none for it"
                        .formatted(values));
                labels = fewer;
            });
            if (values == 1 && labels.size() == 2) {
                return binary();
            }
            requireCount(values);
            boolean several = labels.size() == 1 || isMultiLabel();
            return several ? severalLabels() : oneLabel();
        }

        private boolean isMultiLabel() {
            return options.task().filter(task -> task == Task.MULTI_LABEL).isPresent()
                    || (options.task().isEmpty()
                            && seen.values() > 1
                            && options.activation()
                                    .filter(Activation.SIGMOID::equals)
                                    .isPresent());
        }

        private boolean isIndex(int values) {
            boolean integer = switch (activation.origin().kind()) {
                case ARGMAX -> true;
                case LOSS, DISTANCE, OTHER -> seen.integers();
                // quantized
                case SOFTMAX, LOG_SOFTMAX, SIGMOID, SCALED, LINEAR -> false;
            };
            return values == 1 && labels.size() > 1 && integer;
        }

        private LabelDecision index() {
            if (activation.origin().kind() == OriginKind.LOSS) {
                throw activation.unfit("is the index of the worst label (made by %s); export the index of the best%s"
                        .formatted(
                                activation.made(),
                                activation
                                        .origin()
                                        .before()
                                        .map(", or name the tensor in front of it with --output %s"::formatted)
                                        .orElse("")));
            }
            ArgMaxClasses.require(model, seen.name(), labels.size());
            for (float[] row : seen.rows()) {
                if (row[0] != Math.rint(row[0]) || row[0] < 0 || row[0] >= labels.size()) {
                    throw new FoveaException(
                            ErrorCode.LABELS_MISMATCH,
                            "The output \"%s\" gives the index %s of a label, but there are %d labels, counted from 0. Give all labels in the network's order."
                                    .formatted(seen.name(), row[0], labels.size()));
                }
            }
            if (isMultiLabel() || options.activation().isPresent()) {
                throw activation.unfit("gives one label's index, so it has no activation and no several labels");
            }
            boolean smallest = activation.origin().operator().equals("ArgMin");
            reasons.add("the output is the label's index (%s%s): no probability is given, the confidence is always 1"
                    .formatted(
                            activation.made(),
                            smallest ? ", so that the smallest value is the best, as distances have it" : ""));
            return done(new Postprocessing.OneLabel(stored, Activation.ARGMAX, 1));
        }

        private LabelDecision binary() {
            if (isMultiLabel()) {
                throw activation.unfit("gives 1 value, but multi-label with 2 labels needs 2");
            }
            Activation kind = activation.single();
            reasons.add(
                    "one value for two labels: a binary classifier, whose value is the probability of \"%s\", the second; to turn it round, change the order of the labels"
                            .formatted(labels.get(1)));
            return done(new Postprocessing.OneLabel(stored, kind, 1));
        }

        private LabelDecision oneLabel() {
            if (options.activation().isPresent()) {
                Activation requested = options.activation().get();
                if (requested == Activation.SIGMOID) {
                    throw activation.unfit(
                            "gives %d values; --activation sigmoid makes each a probability of its own, which is --task multi-label"
                                    .formatted(seen.values()));
                }
                return done(new Postprocessing.OneLabel(stored, activation.requireFit(requested), 1));
            }
            return done(new Postprocessing.OneLabel(stored, activation.jointly(), 1));
        }

        private LabelDecision severalLabels() {
            if (labels.size() == 1
                    && options.task().filter(Task.CLASSIFICATION::equals).isPresent()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "One label is not enough. Give two labels, the one that \"%s\" is the probability of second, or leave out --task."
                                .formatted(seen.name()));
            }
            Activation kind = labels.size() == 1 ? activation.single() : activation.each();
            reasons.add(
                    labels.size() == 1
                            ? "one value for one label: it applies from %s on".formatted(options.threshold())
                            : "any number of labels per image: each applies from %s on".formatted(options.threshold()));
            return done(new Postprocessing.MultiLabel(stored, kind, options.threshold()));
        }

        private void requireCount(int values) {
            if (values == labels.size()) {
                return;
            }
            String background = values == labels.size() + 1
                    ? " If its first value stands for the background, as in TensorFlow's networks, begin the labels with a line \"background\"."
                    : "";
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The output \"%s\" gives %s values but there are %d labels. Give one label per line, in the order of the output.%s"
                            .formatted(
                                    seen.name(),
                                    values == 0 ? "a varying number of" : values,
                                    labels.size(),
                                    background));
        }

        private LabelDecision done(Postprocessing postprocessing) {
            return new LabelDecision(postprocessing, labels, reasons);
        }
    }
}
