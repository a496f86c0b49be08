package dev.fovea.pipeline.teacher;

import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * What a teacher is worth on the images that are learned from.
 *
 * @param version as {@code shirts:3}
 * @param predicted images whose predictions are targets
 * @param validation accuracy on validation images of classes that it has; empty without any
 * @param unseen whether it is known to have learned from none of these validation images
 * @param tested test images of the student that the teacher learned from
 */
public record TeacherScore(String version, int predicted, Optional<Interval> validation, boolean unseen, long tested) {

    /** In words. */
    String sentence() {
        return "%s predicts %,d images%s%s"
                .formatted(
                        version,
                        predicted,
                        validation
                                .map(each -> String.format(
                                        Locale.ROOT,
                                        "; %.1f %% of the validation images rightly (%.1f–%.1f)%s",
                                        100 * each.value(),
                                        100 * each.low(),
                                        100 * each.high(),
                                        unseen ? "" : ", some of which it may have learned from"))
                                .orElse(""),
                        tested == 0
                                ? "."
                                : ". It learned from %,d of the test images: the student's result on them is too good."
                                        .formatted(tested));
    }
}
