package dev.fovea.quantize;

import java.util.List;

/**
 * What held-out pictures show of a quantized network.
 *
 * @param passes whether it may be used
 * @param loss in points of the figure that counts: accuracy, mean average precision, agreement; negative for a gain
 * @param sentence what was found, for people
 * @param classes one by one, where labels are known; those that the pictures show
 */
public record Judgement(boolean passes, double loss, String sentence, List<ClassJudgement> classes) {

    public Judgement {
        classes = List.copyOf(classes);
    }
}
