package dev.fovea.monitoring.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.decoder.Task;
import dev.fovea.monitoring.findings.JudgedFindings.HeldOutFindings;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedImage;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.ResponseTimes;
import dev.fovea.traffic.truth.PredictionLookup;
import dev.fovea.traffic.truth.TrueBox;
import dev.fovea.traffic.truth.TrueLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JudgedFindingsTest {

    private static final VersionId PETS = new VersionId("pets", 1);
    private static final List<String> CLASSES = List.of("cat", "dog");
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final LoggedBox CAT = new LoggedBox("cat", 0.9f, 0.1f, 0.1f, 0.4f, 0.4f);
    private static final LoggedBox DOG = new LoggedBox("dog", 0.6f, 0.5f, 0.5f, 0.2f, 0.2f);
    private static final TrueBox TRUE_CAT = new TrueBox("cat", 0.12, 0.1, 0.4, 0.4);
    private static final TrueBox TRUE_DOG = new TrueBox("dog", 0.5, 0.52, 0.2, 0.2);

    private final List<LoggedPrediction> log = new ArrayList<>();
    private final Map<String, TrueLabels> truth = new HashMap<>();

    private void predicted(String request, PredictedOutput output) {
        log.add(new LoggedPrediction(
                RequestDetails.of(request),
                NOON,
                PETS,
                "",
                output,
                new LoggedImage(new ImageHeader(ImageFormat.JPEG, 9, 9, 1, false), ImageObservation.NONE),
                new ResponseTimes(Timings.NONE, 1),
                new LoggedRouting(
                        "pets",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty())));
    }

    private static PredictedOutput boxes(LoggedBox... boxes) {
        return new PredictedOutput.FoundObjects(Task.DETECTION, List.of(boxes), boxes.length);
    }

    private static TrueLabels objects(TrueBox... boxes) {
        return new TrueLabels.TrueObjects(List.of(boxes));
    }

    private JudgedFindings judged(int most) {
        PredictionLookup lookup = new PredictionLookup() {
            @Override
            public void find(String model, Set<String> requests, Consumer<LoggedPrediction> each) {
                log.stream()
                        .filter(row -> requests.contains(row.request().id()))
                        .forEach(each);
            }

            @Override
            public SampledPredictions sample(WantedPredictions wanted, Consumer<LoggedPrediction> each) {
                log.forEach(each);
                return new SampledPredictions(log.size(), log.size());
            }

            @Override
            public List<Optional<VersionId>> lastOfKeys(String model, List<KeyAtTime> keys, Duration longest) {
                throw new UnsupportedOperationException("not asked here");
            }
        };
        return JudgedFindings.read(
                lookup, new JudgedFindings.Judging(PETS, CLASSES, Instant.EPOCH, NOON.plusSeconds(1), most), truth);
    }

    private Map<String, Double> alike() {
        Map<String, Double> weights = new HashMap<>();
        truth.keySet().forEach(request -> weights.put(request, 1.0));
        return weights;
    }

    @Test
    void shouldFindPrecisionRecallAndAveragePrecisionFromTrueBoxes() {
        predicted("a", boxes(CAT, DOG));
        predicted("b", boxes(CAT));
        predicted("c", boxes());
        truth.put("a", objects(TRUE_CAT));
        truth.put("b", objects(TRUE_CAT, TRUE_DOG));
        truth.put("c", objects());
        truth.put("never-predicted", objects(TRUE_DOG));

        KnownFindings known = judged(JudgedFindings.MAX).known(alike()).orElseThrow();

        assertThat(known.images()).isEqualTo(3);
        assertThat(known.exact().value()).as("only c is all right").isCloseTo(1 / 3.0, within(1e-9));
        FindingFigures cat = known.classes().getFirst();
        assertThat(cat.found()).isEqualTo(2);
        assertThat(cat.precision().orElseThrow().value()).isEqualTo(1);
        assertThat(cat.recall().orElseThrow().value()).isEqualTo(1);
        FindingFigures dog = known.classes().get(1);
        assertThat(dog.precision().orElseThrow().value()).isZero();
        assertThat(dog.recall().orElseThrow().value()).isZero();
        assertThat(known.meanAveragePrecision().orElseThrow().value()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void shouldJudgeASampleOfABusyDetectorAndAllThatIsLabelled() {
        for (int i = 0; i < 300; i++) {
            predicted("image " + i, boxes(CAT, CAT));
        }
        for (int i = 0; i < 30; i++) {
            truth.put("image " + i, objects(i < 20 ? TRUE_CAT : TRUE_DOG));
        }

        JudgedFindings judged = judged(50);

        assertThat(judged.population()).isEqualTo(300);
        assertThat(judged.observed()).hasSize(50);
        KnownFindings known = judged.known(alike()).orElseThrow();
        assertThat(known.images()).isEqualTo(30);
        FindingFigures cat = known.classes().getFirst();
        assertThat(cat.found()).as("all that were found in the window").isEqualTo(600);
        assertThat(cat.precision().orElseThrow().value())
                .as("the second box on an object is wrong")
                .isCloseTo(20 / 60.0, within(1e-9));
        assertThat(cat.precision().orElseThrow().width()).isGreaterThan(0.05);
    }

    @Test
    void shouldWeighLabelledImagesByTheInverseOfTheirProbability() {
        predicted("often", boxes(CAT));
        predicted("rare", boxes(CAT));
        truth.put("often", objects(TRUE_CAT));
        truth.put("rare", objects());

        KnownFindings known =
                judged(10).known(Map.of("often", 1.0, "rare", 3.0)).orElseThrow();

        assertThat(known.classes().getFirst().precision().orElseThrow().value()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void shouldCompareAllLabelsOfAMultiLabelClassifier() {
        predicted("a", new PredictedOutput.ManyLabels(List.of(new LoggedLabel("cat", 0.9f)), 0));
        predicted("b", new PredictedOutput.ManyLabels(List.of(new LoggedLabel("cat", 0.8f)), 0));
        truth.put("a", new TrueLabels.TrueLabelSet(new TreeSet<>(Set.of("cat"))));
        truth.put("b", new TrueLabels.TrueLabelSet(new TreeSet<>(Set.of("cat", "dog"))));

        KnownFindings known = judged(10).known(alike()).orElseThrow();

        assertThat(known.exact().value()).isEqualTo(0.5);
        assertThat(known.meanAveragePrecision()).as("there are no boxes").isEmpty();
        assertThat(known.classes().getFirst().precision().orElseThrow().value()).isEqualTo(1);
        assertThat(known.classes().get(1).recall().orElseThrow().value()).isZero();
        assertThat(known.classes().get(1).precision()).isEmpty();
    }

    @Test
    void shouldEstimatePrecisionFromScoresOfHeldOutImages() {
        List<HeldOutFindings> heldOut = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // cats are always there, dogs in every other image
            predicted("image " + i, boxes(CAT, DOG));
            heldOut.add(
                    new HeldOutFindings(boxes(CAT, DOG), i % 2 == 0 ? objects(TRUE_CAT) : objects(TRUE_CAT, TRUE_DOG)));
        }

        EstimatedPrecision estimated =
                judged(JudgedFindings.MAX).estimated(heldOut).orElseThrow();

        assertThat(estimated.heldOut()).isEqualTo(100);
        assertThat(estimated.precision().value()).isCloseTo(0.75, within(0.03));
        assertThat(estimated.classes().get(1).precision().orElseThrow().value()).isCloseTo(0.5, within(0.05));
        assertThat(estimated.classes().get(1).recall()).isEmpty();
        assertThat(judged(JudgedFindings.MAX).estimated(heldOut.subList(0, 10))).isEmpty();
    }

    @Test
    void shouldLeaveOutTruthThatFitsNoPrediction() {
        predicted("a", boxes(CAT));
        truth.put("a", new TrueLabels.TrueLabel("cat"));

        assertThat(judged(10).known(alike())).isEmpty();
    }
}
