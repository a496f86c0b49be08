package dev.fovea.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelShiftTest {

    private static final int[] TIMES = {1, 3, 2, 1};

    private final DrawnTraffic.Drawn reference = new DrawnTraffic(5).draw(400, 1, 0);
    private final ClassGuesses guesses = new ClassGuesses(reference.predictions(), reference.truth());

    /** The reference's images themselves, each as often as its class says. */
    private final int[] repeated = IntStream.range(0, 400)
            .flatMap(i -> IntStream.generate(() -> i).limit(TIMES[reference.truth()[i]]))
            .toArray();

    private LabelShift shift() {
        DrawnTraffic.Drawn live = reference.select(repeated);
        double[][] own =
                Arrays.stream(repeated).mapToObj(i -> guesses.outOfFold()[i]).toArray(double[][]::new);
        return LabelShift.of(guesses, live.predictions(), DesignWeights.ones(own.length), own)
                .orElseThrow();
    }

    @Test
    void theRatiosOfAKnownMixAreThoseOfItsClasses() {
        LabelShift shift = shift();

        for (int label = 0; label < TIMES.length; label++) {
            assertThat(shift.ratio(label)).isCloseTo(TIMES[label] * 400.0 / repeated.length, within(1e-9));
        }
        assertThat(Arrays.stream(shift.weights()).average().orElseThrow()).isCloseTo(1, within(1e-9));
    }

    @Test
    void theMeanIsThatOfTheKnownMixWhateverTheGuesses() {
        double[] outcomes = reference.outcomes();
        double[] guess = new double[400];
        Arrays.setAll(guess, i -> 0.9 - 0.001 * i);
        double live =
                Arrays.stream(repeated).mapToDouble(i -> guess[i]).average().orElseThrow();

        MeanEstimate mean = shift().mean(live, guess, outcomes);

        double accuracy = reference.select(repeated).accuracy();
        assertThat(Math.abs(accuracy - reference.accuracy())).isGreaterThan(0.004);
        // guesses that say nothing of the classes add noise, and no bias within a class
        assertThat(mean.value()).isCloseTo(accuracy, within(0.02));
        assertThat(shift().mean(
                                Arrays.stream(repeated)
                                        .mapToDouble(i -> guesses.outOfFold()[i][0])
                                        .average()
                                        .orElseThrow(),
                                ClassGuesses.right(guesses.outOfFold()),
                                outcomes)
                        .value())
                .isCloseTo(accuracy, within(1e-9));
    }

    @Test
    void aModelThatTellsNoClassesApartHasNoRatios() {
        int[][] labels = new int[200][];
        double[][] scores = new double[200][];
        Arrays.setAll(labels, i -> new int[] {0, 1});
        Arrays.setAll(scores, i -> new double[] {0.6, 0.4});
        int[] truth = IntStream.range(0, 200).map(i -> i % 2).toArray();
        ClassPredictions same = new ClassPredictions(2, labels, scores);
        ClassGuesses blind = new ClassGuesses(same, truth);
        double[][] own = new double[200][];
        Arrays.setAll(own, i -> new double[] {0.5, 0.5});

        assertThat(LabelShift.of(blind, same, DesignWeights.ones(200), own)).isEmpty();
    }

    @Test
    void classesWithFewImagesAreOneGroup() {
        int[] truth = IntStream.range(0, 100)
                .map(i -> i < 40 ? 0 : i < 80 ? 1 : 2 + i % 4)
                .toArray();

        ClassGroups groups = ClassGroups.of(truth, 7, 10).orElseThrow();

        assertThat(groups.count()).isEqualTo(3);
        assertThat(groups.groups()).containsExactly(0, 1, 2, 2, 2, 2, 2);
        assertThat(ClassGroups.of(new int[] {0, 0, 0, 1, 2, 3, 4, 5}, 6, 3))
                .as("most images are of classes with few")
                .isEmpty();
    }
}
