package dev.fovea.quantize;

import java.util.List;

/**
 * What held-out images show of a quantized network.
 *
 * @param passes whether it may be registered, as a candidate: no loss beyond the margin was found
 * @param loss in points of the figure that counts: accuracy, mean average precision, agreement; negative for a gain
 * @param sentence what was found, for people; ends with what was shown
 * @param classes one by one, where labels are known; those that the images show
 * @param evidence whether the loss was shown to be within the margin
 * @param verdict in plain words, first to be read
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

    /** One whose sentence is the verdict. */
    public AcceptanceResult(
            boolean passes, double loss, String sentence, List<ClassAgreement> classes, Evidence evidence) {
        this(passes, loss, sentence, classes, evidence, QuantizationVerdict.plain(passes, sentence));
    }
}
