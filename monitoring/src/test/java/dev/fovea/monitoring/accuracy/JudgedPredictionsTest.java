package dev.fovea.monitoring.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.estimation.ClassGuesses;
import dev.fovea.statistics.estimation.LabelPlan;
import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.statistics.estimation.MeanEstimate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JudgedPredictionsTest {

    private static final int LOGGED = 4_000;
    private static final int BOUND = 500;
    private static final int RUNS = 200;

    /** A log whose confidence falls with time, and which of its predictions are right. */
    private static final class Fading {

        final ClassifierLog log = new ClassifierLog();
        final boolean[] right = new boolean[LOGGED];
        final SplittableRandom random;
        private final String name;

        Fading(int run) {
            this.random = new SplittableRandom(run);
            this.name = "run" + run + "-";
            for (int i = 0; i < LOGGED; i++) {
                double confidence = 0.95 - 0.4 * i / LOGGED;
                log.add(name + i, random.nextBoolean() ? "hole" : "none", confidence);
                right[i] = random.nextDouble() < confidence - 0.05;
            }
        }

        String request(int prediction) {
            return name + prediction;
        }

        double accuracy() {
            int count = 0;
            for (boolean one : right) {
                count += one ? 1 : 0;
            }
            return count / (double) LOGGED;
        }

        double outcome(String request) {
            return right[Integer.parseInt(request.substring(name.length()))] ? 1 : 0;
        }

        double[] outcomes(JudgedPredictions judged, int[] rows) {
            return Arrays.stream(rows)
                    .mapToDouble(row -> outcome(judged.requests().get(row)))
                    .toArray();
        }
    }

    @Test
    void shouldSampleABusyWindowUniformlyAndKeepWhatIsLabelled() {
        Fading fading = new Fading(1);
        Set<String> labelled = Set.of(fading.request(0), fading.request(17), fading.request(LOGGED - 1));

        JudgedPredictions judged = fading.log.judged(labelled, BOUND);

        assertThat(judged.size()).isEqualTo(BOUND + 3);
        assertThat(judged.population()).isEqualTo(LOGGED);
        assertThat(judged.design().total()).isCloseTo(LOGGED, within(1e-6));
        assertThat(labelled).allMatch(request -> judged.row(request).isPresent());
        double confidence = judged.design().mean(judged.predictions(1).confidences());
        assertThat(confidence).as("of the whole window, not of its first rows").isCloseTo(0.75, within(0.02));
    }

    @Test
    void shouldJudgeAllPredictionsOfAQuietWindow() {
        Fading fading = new Fading(1);

        JudgedPredictions judged = fading.log.judged(Set.of(fading.request(3)), LOGGED);

        assertThat(judged.size()).isEqualTo(LOGGED);
        assertThat(judged.design().weights()).containsOnly(1);
    }

    @Test
    void shouldEstimateTheWholeWindowFromReportedLabelsWithoutBias() {
        int covered = 0;
        double bias = 0;
        for (int run = 0; run < RUNS; run++) {
            Fading fading = new Fading(run);
            Set<String> labelled = new HashSet<>();
            fading.random.ints(0, LOGGED).distinct().limit(150).forEach(i -> labelled.add(fading.request(i)));
            JudgedPredictions judged = fading.log.judged(labelled, BOUND);
            int[] rows = labelled.stream()
                    .mapToInt(request -> judged.row(request).orElseThrow())
                    .toArray();

            MeanEstimate estimate = new LabelledSample.SimpleRandom(rows)
                    .mean(judged.predictions(1).confidences(), judged.design(), fading.outcomes(judged, rows));

            covered += estimate.interval().contains(fading.accuracy()) ? 1 : 0;
            bias += (estimate.value() - fading.accuracy()) / RUNS;
        }
        assertThat(bias).isCloseTo(0, within(0.01));
        assertThat(covered / (double) RUNS).isBetween(0.9, 0.99);
    }

    @Test
    void shouldEstimateTheWholeWindowFromAPlanOfASampleWithoutBias() {
        int covered = 0;
        double bias = 0;
        for (int run = 0; run < RUNS; run++) {
            Fading fading = new Fading(run);
            JudgedPredictions planned = fading.log.judged(Set.of(fading.request(5)), BOUND);
            double[] guesses = planned.predictions(1).confidences();
            LabelPlan plan = LabelPlan.of(LabelPlan.probabilities(guesses, planned.design()), 150, run);
            String[] drawn = Arrays.stream(plan.drawn())
                    .mapToObj(row -> planned.requests().get(row))
                    .toArray(String[]::new);
            double[] probabilities = Arrays.stream(plan.drawn())
                    .mapToDouble(
                            row -> plan.probabilities()[row] / planned.design().of(row))
                    .toArray();
            JudgedPredictions judged = fading.log.judged(new HashSet<>(Arrays.asList(drawn)), BOUND);
            int[] rows = Arrays.stream(drawn)
                    .mapToInt(request -> judged.row(request).orElseThrow())
                    .toArray();

            MeanEstimate estimate = new LabelledSample.Draws(probabilities, rows)
                    .mean(
                            ClassGuesses.right(judged.predictions(1).scores()),
                            judged.design(),
                            fading.outcomes(judged, rows));

            covered += estimate.interval().contains(fading.accuracy()) ? 1 : 0;
            bias += (estimate.value() - fading.accuracy()) / RUNS;
        }
        assertThat(bias).isCloseTo(0, within(0.01));
        assertThat(covered / (double) RUNS).isBetween(0.9, 0.99);
    }
}
