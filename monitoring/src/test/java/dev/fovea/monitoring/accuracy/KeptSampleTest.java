package dev.fovea.monitoring.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.estimation.DesignWeights;
import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptSampleTest {

    private final ClassifierLog log = new ClassifierLog();
    private final List<KeptImage> kept = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();

    /** A day on which each image is predicted as a hole and shows one with some probability, from the first ones on. */
    private void day(String name, int images, int sampled, double right) {
        for (int i = 0; i < images; i++) {
            String request = name + i;
            log.add(request, "hole", 1);
            if (i < sampled) {
                keep(request, Set.of(KeepReason.RANDOM), Optional.of((double) sampled / images));
                label(request, i < sampled * right ? "hole" : "none");
            }
        }
    }

    private void keep(String request, Set<KeepReason> reasons, Optional<Double> probability) {
        kept.add(new KeptImage(
                request,
                KeepPart.first("shirts", LocalDate.EPOCH),
                new ImageOrigin(ClassifierLog.SHIRTS, request, ClassifierLog.NOON, List.of()),
                reasons,
                probability,
                new KeptImage.KeptFile("shirts-traffic", "ab", 1, Optional.empty())));
    }

    private void label(String request, String label) {
        truths.add(new Truth(request, new TrueLabels.TrueLabel(label), TruthSource.LABELLED, ClassifierLog.NOON));
    }

    private JudgedPredictions judged() {
        return log.judged(Set.of(), JudgedPredictions.MAX);
    }

    private double accuracy(KeptSample sample) {
        double[] outcomes = new double[sample.truth().length];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = sample.truth()[i] == 0 ? 1 : 0;
        }
        return sample.sample()
                .mean(new double[log.size()], DesignWeights.ones(log.size()), outcomes)
                .value();
    }

    @Test
    void shouldWeighImagesByTheProbabilityOfTheirDay() {
        day("busy", 900, 20, 0.5);
        day("quiet", 100, 20, 1);

        KeptSample sample = KeptSample.of(kept, judged(), truths).orElseThrow();

        assertThat(accuracy(sample)).as("not 0.75, the mean of the labels").isCloseTo(0.55, within(1e-9));
        assertThat(sample.sample()).isInstanceOf(LabelledSample.Draws.class);
    }

    @Test
    void shouldBeASimpleRandomSampleWhereAllProbabilitiesAreTheSame() {
        day("monday", 200, 20, 0.5);
        day("tuesday", 100, 10, 1);

        KeptSample sample = KeptSample.of(kept, judged(), truths).orElseThrow();

        assertThat(sample.sample()).isInstanceOf(LabelledSample.SimpleRandom.class);
        assertThat(accuracy(sample)).isCloseTo(20 / 30.0, within(1e-9));
    }

    @Test
    void shouldLeaveOutImagesThatWereChosenForWhatTheModelPredicts() {
        day("monday", 100, 20, 1);
        for (int i = 50; i < 60; i++) {
            keep("monday" + i, Set.of(KeepReason.UNCERTAIN), Optional.empty());
            label("monday" + i, "none");
        }

        KeptSample sample = KeptSample.of(kept, judged(), truths).orElseThrow();

        assertThat(sample.truth()).hasSize(20);
        assertThat(accuracy(sample)).isEqualTo(1);
    }

    @Test
    void shouldBeEmptyWithoutLabelledImagesOfARandomSample() {
        day("monday", 100, 0, 1);
        keep("monday1", Set.of(KeepReason.NOVEL), Optional.empty());
        label("monday1", "none");

        assertThat(KeptSample.of(kept, judged(), truths)).isEmpty();
    }
}
