package dev.fovea.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnlabelledAccuracyTest {

    private static final int RUNS = 100;
    private static final int MIX_RUNS = 60;

    @Test
    void intervalsCoverTheShareOfRightPredictionsUnderAShiftOfDifficulty() {
        int accuracy = 0;
        int recall = 0;
        int naive = 0;
        for (int run = 0; run < RUNS; run++) {
            DrawnTraffic traffic = new DrawnTraffic(run);
            DrawnTraffic.Drawn reference = traffic.draw(500, 1, 0);
            DrawnTraffic.Drawn live = traffic.draw(1_000, 0.5, 0);

            UnlabelledAccuracy estimate = UnlabelledAccuracy.of(
                    new ClassGuesses(reference.predictions(), reference.truth()), live.predictions());

            accuracy += estimate.accuracy().interval().contains(live.accuracy()) ? 1 : 0;
            naive += estimate.accuracy().interval().contains(reference.accuracy()) ? 1 : 0;
            Interval third = estimate.classes().get(2).recall().orElseThrow();
            recall += third.contains(live.recall(2)) ? 1 : 0;
        }
        assertThat(accuracy / (double) RUNS).isBetween(0.9, 0.99);
        assertThat(recall / (double) RUNS).isBetween(0.9, 0.99);
        assertThat(naive)
                .as("the accuracy before the shift is not that after it")
                .isLessThan(RUNS / 10);
    }

    @Test
    void intervalsCoverTheShareOfRightPredictionsUnderAnotherMixOfClasses() {
        int accuracy = 0;
        int recall = 0;
        int precision = 0;
        int samePrediction = 0;
        for (int run = 0; run < MIX_RUNS; run++) {
            DrawnTraffic traffic = new DrawnTraffic(run);
            DrawnTraffic.Drawn reference = traffic.draw(500, 1, 0);
            DrawnTraffic.Drawn live = traffic.draw(4_000, 1, 0).mixed(3, 8, new SplittableRandom(run));

            UnlabelledAccuracy estimate = UnlabelledAccuracy.of(
                    new ClassGuesses(reference.predictions(), reference.truth()), live.predictions());

            accuracy += estimate.accuracy().interval().contains(live.accuracy()) ? 1 : 0;
            samePrediction += estimate.accuracy().samePrediction().interval().contains(live.accuracy()) ? 1 : 0;
            ClassEstimate mixed = estimate.classes().get(3);
            recall += mixed.recall().orElseThrow().contains(live.recall(3)) ? 1 : 0;
            precision += mixed.precision().orElseThrow().contains(live.precision(3)) ? 1 : 0;
        }
        assertThat(accuracy / (double) MIX_RUNS).isGreaterThan(0.9);
        assertThat(recall / (double) MIX_RUNS).isGreaterThan(0.9);
        assertThat(precision / (double) MIX_RUNS).isGreaterThan(0.9);
        assertThat(samePrediction)
                .as("calibrated confidence alone covers less under another mix")
                .isLessThan(accuracy);
    }

    @Test
    void imagesThatDifferAtTheSamePredictionAreToldFromThoseOfAShiftOfDifficulty() {
        int found = 0;
        int falsely = 0;
        for (int run = 0; run < 40; run++) {
            DrawnTraffic traffic = new DrawnTraffic(run);
            DrawnTraffic.Drawn reference = traffic.draw(500, 1, 0);
            found += different(reference, traffic.draw(1_000, 1, 0.3)) ? 1 : 0;
            falsely += different(reference, traffic.draw(1_000, 0.5, 0)) ? 1 : 0;
            DrawnTraffic.Drawn mixed = traffic.draw(2_500, 1, 0).mixed(3, 8, new SplittableRandom(run));
            falsely += different(reference, mixed) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(38);
        assertThat(falsely).isLessThanOrEqualTo(1);
    }

    @Test
    void aReferenceOfFiveImagesIsRefusedWithTheNumberNeeded() {
        DrawnTraffic.Drawn few = new DrawnTraffic(1).draw(5, 1, 0);

        assertThatThrownBy(() ->
                        UnlabelledAccuracy.of(new ClassGuesses(few.predictions(), few.truth()), few.predictions()))
                .hasMessageContaining("A reference of 5 images; an estimate without labels needs 100.");
    }

    private static boolean different(DrawnTraffic.Drawn reference, DrawnTraffic.Drawn live) {
        ClassGuesses guesses = new ClassGuesses(reference.predictions(), reference.truth());
        UnlabelledAccuracy estimate = UnlabelledAccuracy.of(guesses, live.predictions());
        return ShiftCheck.of(estimate, guesses, live.predictions(), features(reference), features(live))
                .isBroken();
    }

    private static FeatureMatrix features(DrawnTraffic.Drawn drawn) {
        float[] values = new float[drawn.feature().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) drawn.feature()[i];
        }
        return FeatureMatrix.of(values.length, 1, values);
    }
}
