package dev.fovea.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.drift.detector.DrawnBlocks;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.sketch.LoggedImages;
import dev.fovea.monitoring.sketch.TrafficSketch;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedPrediction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OriginSearchTest {

    private final RandomGenerator random = new SplittableRandom(3);

    /** 600 images of lines 1 to 3 in the light that each has. */
    private TrafficSketch sketch(Map<String, Double> lightByLine) {
        TrafficSketch sketch = new TrafficSketch(DrawnBlocks.NUMBERS.coordinates());
        lightByLine.forEach((line, light) -> {
            for (int i = 0; i < 600 / lightByLine.size(); i++) {
                LoggedPrediction row = LoggedImages.row(Instant.EPOCH, line + "-" + i, light, random);
                TreeMap<String, String> tags = new TreeMap<>(Map.of("line", line));
                LoggedPrediction tagged = new LoggedPrediction(
                        new RequestDetails(row.request().id(), row.request().client(), tags, true),
                        row.time(),
                        row.version(),
                        row.contract(),
                        row.output(),
                        row.image(),
                        row.times(),
                        row.routing());
                sketch.add(tagged, DrawnBlocks.NUMBERS.of(tagged));
            }
        });
        return sketch;
    }

    private static DriftAlarm alarm() {
        return new DriftAlarm(
                Instant.EPOCH,
                new DriftAlarm.Since(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH),
                600,
                24,
                List.of(new DriftAlarm.TestShare("brightness", 1)),
                List.of(new DriftAlarm.Finding("brightness", "grey levels", 120, 112, -9)));
    }

    @Test
    void theOneLineThatBecameDarkerCarriesTheChange() {
        TrafficSketch before = sketch(Map.of("1", 1.0, "2", 1.0, "3", 1.0));
        TrafficSketch after = sketch(Map.of("1", 1.0, "2", 1.0, "3", 0.7));
        AlarmOrigin origin = OriginSearch.of(alarm(), before, after, Optional.empty());
        assertThat(origin.slices()).singleElement().satisfies(slice -> {
            assertThat(slice.kind()).isEqualTo("tag line");
            assertThat(slice.name()).isEqualTo("3");
            assertThat(slice.part()).isGreaterThan(0.8);
            assertThat(DriftWords.slice(slice))
                    .contains("of the change of brightness comes from tag line 3 (33 % of the images, 33 % before)");
        });
    }

    @Test
    void aLineThatIsNewSinceThenCarriesTheChange() {
        TrafficSketch before = sketch(Map.of("1", 1.0, "2", 1.0));
        TrafficSketch after = sketch(Map.of("1", 1.0, "2", 1.0, "9", 0.7));
        AlarmOrigin origin = OriginSearch.of(alarm(), before, after, Optional.empty());
        assertThat(origin.slices())
                .filteredOn(slice -> slice.kind().equals("tag line"))
                .singleElement()
                .satisfies(slice -> {
                    assertThat(slice.name()).isEqualTo("9");
                    assertThat(slice.shareBefore()).isZero();
                });
    }

    @Test
    void noPartIsNamedWhereAllBecameDarkerAlike() {
        TrafficSketch before = sketch(Map.of("1", 1.0, "2", 1.0, "3", 1.0));
        TrafficSketch after = sketch(Map.of("1", 0.8, "2", 0.8, "3", 0.8));
        assertThat(OriginSearch.of(alarm(), before, after, Optional.empty()).slices())
                .isEmpty();
    }

    @Test
    void theNearestHeldOutImagesAreThoseWithTheClosestEmbedding() {
        TrafficSketch before = sketch(Map.of("1", 1.0));
        AlarmOrigin origin =
                OriginSearch.of(alarm(), before, sketch(Map.of("1", 0.8)), Optional.of(LoggedImages.reference(100)));
        assertThat(origin.nearest())
                .hasSize(5)
                .isSortedAccordingTo((a, b) -> Double.compare(a.distance(), b.distance()));
        assertThat(origin.nearest().getFirst().labels()).hasSize(1);
    }
}
