package dev.fovea.quantize;

import java.util.List;

/**
 * The evaluation of a quantized network on test images.
 *
 * @param passes whether it may be registered: the estimated loss is within the margin
 * @param loss in points of accuracy, mean average precision or agreement; negative for a gain
 * @param sentence readable result, ending with the evidence
 * @param classes per class, for labelled images
 * @param evidence whether the loss was shown to be within the margin
 * @param verdict the verdict, to be read first
 */
public record AcceptanceResult(
        boolean passes,
        double loss,
        String sentence,
        List<ClassAgreement> classes,
        Evidence evidence,
        QuantizationVerdict verdict) {

    public AcceptanceResult {
        classes = List.copyOf(classes);
    }

    /** A result whose sentence is the verdict. */
    public AcceptanceResult(
            boolean passes, double loss, String sentence, List<ClassAgreement> classes, Evidence evidence) {
        this(passes, loss, sentence, classes, evidence, QuantizationVerdict.plain(passes, sentence));
    }
}
