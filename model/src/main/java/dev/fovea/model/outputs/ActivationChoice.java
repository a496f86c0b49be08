package dev.fovea.model.outputs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.OutputOptions;
import java.util.List;
import java.util.Locale;

/**
 * Whether an output holds logits or probabilities, by the operator that makes it and by the values that trial runs
 * gave. Writes down what was decided and why. Errors: {@code ARGUMENT_INVALID} where an option is needed,
 * {@code MODEL_SIGNATURE_UNSUPPORTED} where an option cannot be right.
 *
 * @param seen the output's values
 * @param origin the operator that makes it
 * @param options what the user requested
 * @param reasons where the reason is added
 */
record ActivationChoice(
        ObservedOutput seen, OutputOrigin.Producer origin, OutputOptions options, List<String> reasons) {

    /** Quantized softmaxes round each of many small probabilities. */
    private static final double SOFTMAX_TOLERANCE = 0.2;

    private static final String SINGLE =
            "--activation none (it is a probability) or --activation sigmoid (it is a logit)";
    private static final String JOINT =
            "--activation softmax (they are logits), --activation none (they are probabilities) or --task multi-label";
    private static final String EACH =
            "--activation none (they are probabilities) or --activation sigmoid (they are logits)";

    /** What a lone value is: a probability or a logit. */
    Activation single() {
        if (origin.kind() == OriginKind.SOFTMAX
                && seen.smallest() > 0.999
                && options.activation().isEmpty()) {
            throw unfit(
                    "is a softmax over one value, which is 1 whatever the image shows; export its logit" + orNamed());
        }
        if (options.activation().isPresent()) {
            Activation requested = options.activation().get();
            if (requested == Activation.SOFTMAX) {
                throw unfit("gives 1 value, of which a softmax is always 1; use sigmoid or none");
            }
            return requireFit(requested);
        }
        requireUnscaled();
        return switch (origin.kind()) {
            case SIGMOID, SOFTMAX -> {
                reasons.add("the output holds a probability already (%s): it is used as it is".formatted(evidence()));
                yield Activation.NONE;
            }
            case LINEAR -> {
                if (seen.isWithinUnit()) {
                    throw ambiguous(SINGLE);
                }
                yield logits(Activation.SIGMOID);
            }
            case LOSS -> {
                // the probability of the other label
                if (!seen.isWithinUnit()) {
                    throw smallestIsBest();
                }
                reasons.add("the output holds a probability already (%s): it is used as it is".formatted(evidence()));
                yield Activation.NONE;
            }
            case LOG_SOFTMAX, SCALED, DISTANCE, ARGMAX, OTHER -> {
                // a tanh for example: neither a probability nor a logit
                boolean bounded = seen.smallest() >= -1 && seen.largest() <= 1;
                if (!bounded && !seen.isWithinUnit()) {
                    yield logits(Activation.SIGMOID);
                }
                throw ambiguous(SINGLE);
            }
        };
    }

    /** The activation of one value per label, of which one label is predicted. */
    Activation jointly() {
        requireUnscaled();
        return switch (origin.kind()) {
            case SOFTMAX -> {
                if (seen.smallest() > 0.999) {
                    throw unfit(
                            "is a softmax along an axis of length 1, which is 1 whatever the image shows; export its logits"
                                    + orNamed());
                }
                // less than 1 in total where one class, such as the background, was cut off
                if (seen.isWithinUnit() && seen.totals()[1] <= 1 + SOFTMAX_TOLERANCE) {
                    yield probabilities("probabilities already");
                }
                throw ambiguous("--activation none (use them as they are) or --activation softmax (they are logits)");
            }
            case LOG_SOFTMAX -> logProbabilities();
            case LINEAR -> {
                // a layer's numbers hardly ever add up to 1 by chance
                if (seen.isDistribution() && !seen.isConstant()) {
                    throw ambiguous(JOINT);
                }
                yield logits(Activation.SOFTMAX);
            }
            case LOSS -> throw smallestIsBest();
            case DISTANCE ->
                throw ambiguous(
                        "--activation softmax only if the largest value is the best; where the smallest is, as distances have it, export the negative of the output");
            case SIGMOID -> {
                if (seen.isDistribution()) {
                    yield probabilities("probabilities already");
                }
                if (options.task().isEmpty()) {
                    throw ambiguous(
                            "--task multi-label (any number of labels per image) or --task classification (the label with the largest value)");
                }
                yield probabilities("probabilities, each for itself, that do not add up to 1");
            }
            case SCALED, ARGMAX, OTHER -> byValues();
        };
    }

    private Activation byValues() {
        if (seen.isDistribution() && !seen.isConstant()) {
            return probabilities("probabilities already");
        }
        if (seen.isLogDistribution()) {
            return logProbabilities();
        }
        double[] totals = seen.totals();
        boolean sameTotal =
                totals[1] - totals[0] <= 1e-3 * Math.abs(totals[1]) && totals[1] > 0 && seen.smallest() >= 0;
        if (!seen.isWithinUnit() && !(sameTotal && !seen.isConstant())) {
            return logits(Activation.SOFTMAX);
        }
        throw ambiguous(JOINT);
    }

    /** What one value per label is, of which any number may apply. */
    Activation each() {
        if (options.activation().isPresent()) {
            Activation requested = options.activation().get();
            if (requested != Activation.SIGMOID && requested != Activation.NONE) {
                throw unfit(
                        "is to give several labels, of which each needs a probability of its own; use --activation sigmoid or none");
            }
            return requireFit(requested);
        }
        requireUnscaled();
        return switch (origin.kind()) {
            case SIGMOID -> probabilities("probabilities already");
            case SOFTMAX -> probabilities("probabilities that add up to 1, so that hardly more than one can apply");
            case LOSS -> throw smallestIsBest();
            case DISTANCE ->
                throw ambiguous(
                        "--activation sigmoid only if a large value makes its label apply; where a small one does, as distances have it, export the negative of the output");
            case LINEAR, LOG_SOFTMAX, SCALED, ARGMAX, OTHER -> {
                if (seen.isWithinUnit()) {
                    throw ambiguous(EACH);
                }
                yield logits(Activation.SIGMOID);
            }
        };
    }

    /** Returns the requested activation, unless the values contradict it. */
    Activation requireFit(Activation requested) {
        if (origin.kind() == OriginKind.LOSS && !(seen.values() == 1 && seen.isWithinUnit())) {
            throw smallestIsBest();
        }
        if (requested == Activation.NONE || origin.kind() == OriginKind.SCALED) {
            requireUnscaled();
        }
        if (requested == Activation.NONE && !seen.isWithinUnit()) {
            throw unfit("gives values from %s to %s, which are no probabilities; if they are logits, use %s"
                    .formatted(
                            number(seen.smallest()),
                            number(seen.largest()),
                            seen.values() == 1 ? "sigmoid" : "softmax or sigmoid"));
        }
        if (requested == Activation.ARGMAX) {
            throw unfit("gives no index of a label");
        }
        boolean twice = requested != Activation.NONE
                && (origin.kind() == OriginKind.SOFTMAX
                        || origin.kind() == OriginKind.SIGMOID
                        || (seen.isDistribution() && !seen.isConstant()));
        reasons.add("activation %s, as --activation requests%s"
                .formatted(
                        Json.word(requested),
                        twice ? ", although the values look like probabilities already (%s)".formatted(made()) : ""));
        return requested;
    }

    /** Probabilities times a constant, and integers whose scale is not in the graph, are neither of the choices. */
    private void requireUnscaled() {
        if (seen.isWithinUnit()) {
            return;
        }
        if (origin.kind() == OriginKind.SCALED) {
            throw unfit("holds probabilities times %s (made by %s); export them without that factor%s"
                    .formatted(
                            Math.abs(origin.scale() - 100) < 1e-3 ? "100, which are percent" : number(origin.scale()),
                            origin.operator(),
                            orNamed()));
        }
        boolean quantized = seen.integers()
                && switch (origin.kind()) {
                    case SOFTMAX, SIGMOID, LOG_SOFTMAX, LINEAR -> true;
                    case SCALED, LOSS, DISTANCE, ARGMAX, OTHER -> false;
                };
        if (quantized) {
            throw unfit(
                    "holds integers from %s to %s, whose scale is not known (%s); export it with DequantizeLinear at its end%s"
                            .formatted(number(seen.smallest()), number(seen.largest()), made(), orNamed()));
        }
    }

    FoveaException smallestIsBest() {
        return unfit(
                "is smallest for the best label (made by %s), as a loss is; export the probabilities or logits themselves%s"
                        .formatted(origin.operator(), orNamed()));
    }

    /** The tensor inside the network that could be served. */
    private String orNamed() {
        return origin.before()
                .map(", or name the tensor in front of it with --output %s"::formatted)
                .orElse("");
    }

    private Activation probabilities(String what) {
        reasons.add("the output holds %s (%s): they are used as they are".formatted(what, evidence()));
        return Activation.NONE;
    }

    private Activation logProbabilities() {
        reasons.add("the output holds logarithms of probabilities (%s)".formatted(evidence()));
        return Activation.SOFTMAX;
    }

    private Activation logits(Activation activation) {
        reasons.add("the output holds logits (%s): a %s makes probabilities of them"
                .formatted(evidence(), Json.word(activation)));
        return activation;
    }

    private String evidence() {
        double[] totals = seen.totals();
        String sums =
                seen.values() == 1 ? "" : ", their sum from %s to %s".formatted(number(totals[0]), number(totals[1]));
        return "%s; on %d trial images from %s to %s%s"
                .formatted(made(), seen.rows().size(), number(seen.smallest()), number(seen.largest()), sums);
    }

    /** Which operator makes the output, in words. */
    String made() {
        return origin.operator().isEmpty() ? "no operator" : "made by " + origin.operator();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    FoveaException unfit(String what) {
        return new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED, "The output \"%s\" %s.".formatted(seen.name(), what));
    }

    private FoveaException ambiguous(String remedies) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "What the output \"%s\" holds is ambiguous: %s. Choose one: %s."
                        .formatted(seen.name(), evidence(), remedies));
    }
}
