package dev.fovea.monitoring.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.traffic.LoggedImage;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.ResponseTimes;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.truth.PredictionLookup;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KeptSampleTest {

    private static final VersionId SHIRTS = new VersionId("shirts", 1);
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final List<LoggedPrediction> log = new ArrayList<>();
    private final List<KeptImage> kept = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();

    /** A day on which each image is predicted as a hole and shows one with some probability, from the first ones on. */
    private void day(String name, int images, int sampled, double right) {
        for (int i = 0; i < images; i++) {
            String request = name + i;
            log.add(prediction(request));
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
                new ImageOrigin(SHIRTS, request, NOON, List.of()),
                reasons,
                probability,
                new KeptImage.KeptFile("shirts-traffic", "ab", 1, Optional.empty())));
    }

    private void label(String request, String label) {
        truths.add(new Truth(request, new TrueLabels.TrueLabel(label), TruthSource.LABELLED, NOON));
    }

    private static LoggedPrediction prediction(String request) {
        return new LoggedPrediction(
                RequestDetails.of(request),
                NOON,
                SHIRTS,
                "",
                new PredictedOutput.TopLabels(List.of(new LoggedLabel("hole", 1)), 0),
                new LoggedImage(new ImageHeader(ImageFormat.JPEG, 9, 9, 1, false), ImageObservation.NONE),
                new ResponseTimes(Timings.NONE, 1),
                new LoggedRouting(
                        "shirts",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty()));
    }

    private JudgedPredictions judged() {
        return JudgedPredictions.read(
                new PredictionLookup() {
                    @Override
                    public void find(String model, Set<String> requests, Consumer<LoggedPrediction> each) {}

                    @Override
                    public void between(String model, Instant from, Instant to, Consumer<LoggedPrediction> each) {
                        log.forEach(each);
                    }
                },
                SHIRTS,
                List.of("hole", "none"),
                Instant.EPOCH,
                NOON.plusSeconds(1));
    }

    private double accuracy(KeptSample sample) {
        double[] outcomes = new double[sample.truth().length];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = sample.truth()[i] == 0 ? 1 : 0;
        }
        return sample.sample().mean(new double[log.size()], outcomes).value();
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
