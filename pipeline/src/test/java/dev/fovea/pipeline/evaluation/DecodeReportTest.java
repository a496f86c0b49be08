package dev.fovea.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.pipeline.evaluation.DecodeReport.DecodeAccuracy;
import dev.fovea.pipeline.evaluation.DecodeReport.DecodeOutcome;
import dev.fovea.pipeline.evaluation.DecodeTimes.DecodedImage;
import dev.fovea.quantize.Evidence;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecodeReportTest {

    private static final DecodeTimes FASTER = new DecodeTimes(100, 80, 20, 8, new Interval(2.4, 2.2, 2.6));

    @Test
    void shouldComputeSpeedUpOfAllImagesTogether() {
        // 3 large images of 40 against 10 ms, 7 small ones of 2 against 2 ms: 134 ms against 44 ms
        List<DecodedImage> images = new ArrayList<>(Collections.nCopies(3, new DecodedImage(40, 10, true)));
        images.addAll(Collections.nCopies(7, new DecodedImage(2, 2, false)));
        DecodeTimes times = DecodeTimes.of(images);
        assertThat(times.reduced()).isEqualTo(3);
        assertThat(times.exactMs()).isEqualTo(2);
        assertThat(times.fastMs()).isEqualTo(2);
        assertThat(times.speedUp().value()).isCloseTo(134 / 44.0, within(1e-12));
        assertThat(times.speedUp().low()).isBetween(1.0, 2.9);
        assertThat(times.speedUp().high()).isBetween(3.1, 4.0);
    }

    @Test
    void shouldTakeTheMeanOfTheMiddleTwoAsMedian() {
        assertThat(DecodeTimes.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(DecodeTimes.median(3, 1, 2)).isEqualTo(2);
    }

    @Test
    void shouldWantATenth() {
        assertThat(times(1, new Interval(1.2, 1.1, 1.3)).isFaster()).isTrue();
        assertThat(times(1, new Interval(1.2, 1.09, 1.3)).isFaster()).isFalse();
        assertThat(times(0, new Interval(1.2, 1.15, 1.3)).isFaster()).isFalse();
        assertThat(DecodeReport.notFaster(times(0, new Interval(1, 1, 1))).outcome())
                .isEqualTo(DecodeOutcome.IMAGES_TOO_SMALL);
        assertThat(DecodeReport.notFaster(times(2, new Interval(1.05, 1.01, 1.08)))
                        .sentences())
                .first()
                .isEqualTo(
                        "Decode exact is used: fast is 1.05 × (1.01 to 1.08) as fast on these images; the minimum is 1.1.");
    }

    @Test
    void shouldSayWhichModeIsUsedFirst() {
        DecodeReport used = DecodeReport.faster(FASTER, accuracy(900, new Interval(-0.002, -0.004, 0.001), true));
        assertThat(used.mode()).isEqualTo(DecodeMode.FAST);
        assertThat(used.sentences())
                .containsExactly(
                        "Decode fast is used: 2.40 × (2.20 to 2.60) as fast on these images; the accuracy changes by -0.2 points (-0.4 to +0.1), within the margin of 0.5 points.",
                        "Fast decodes 80 of 100 images at a fraction of their size. Decoding and preprocessing take 20.0 ms of CPU time exact, 8.0 ms fast (medians).",
                        "On 900 labelled images the accuracy is 80.0 % exact, 79.8 % fast. 14 images get another label. Non-inferiority within 0.5 points is shown: the 95 % interval of the loss ends at 0.4.");
    }

    @Test
    void shouldSayWhatSpeaksAgainstFast() {
        DecodeReport worse = DecodeReport.faster(FASTER, accuracy(900, new Interval(-0.021, -0.035, -0.007), false));
        assertThat(worse.mode()).isEqualTo(DecodeMode.EXACT);
        assertThat(worse.sentences().getFirst())
                .endsWith("as fast, but the accuracy changes by -2.1 points (-3.5 to -0.7); the margin is 0.5 points.");
        DecodeReport label = DecodeReport.faster(FASTER, accuracy(900, new Interval(-0.002, -0.005, 0.001), false));
        assertThat(label.outcome()).isEqualTo(DecodeOutcome.WORSE);
        assertThat(label.sentences().getFirst()).endsWith("it is significantly worse, overall or for a label.");
        DecodeReport few = DecodeReport.faster(FASTER, accuracy(29, new Interval(0, -0.1, 0.1), true));
        assertThat(few.mode()).isEqualTo(DecodeMode.EXACT);
        assertThat(few.sentences().getFirst())
                .endsWith("but 29 images are too few to compare; add images, 30 or more.");
    }

    private static DecodeTimes times(int reduced, Interval speedUp) {
        return new DecodeTimes(10, reduced, 10, 8, speedUp);
    }

    private static DecodeAccuracy accuracy(int images, Interval difference, boolean passes) {
        double high = -100 * difference.low();
        return new DecodeAccuracy(
                "accuracy",
                images,
                0.8,
                0.8 + difference.value(),
                difference,
                Optional.of(14),
                passes,
                new Evidence(0.5, -100 * difference.high(), high, high <= 0.5, Optional.empty(), Optional.empty()));
    }
}
