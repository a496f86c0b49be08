package dev.fovea.monitoring.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.decoder.Task;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedPrediction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficSketchTest {

    private static final ImageNumbers NUMBERS = ImageNumbers.of(Task.CLASSIFICATION, LoggedImages.LABELS);
    private static final Instant TIME = Instant.parse("2026-11-30T08:00:00Z");

    private static List<LoggedPrediction> rows(int count) {
        RandomGenerator random = new SplittableRandom(1);
        return IntStream.range(0, count)
                .mapToObj(i -> LoggedImages.row(TIME.plusMillis(i), "request-" + i, 1, random))
                .toList();
    }

    private static TrafficSketch sketch(List<LoggedPrediction> rows) {
        TrafficSketch sketch = new TrafficSketch(NUMBERS.coordinates());
        rows.forEach(row -> sketch.add(row, NUMBERS.of(row)));
        return sketch;
    }

    @Test
    void threeServersMergedEqualOneServerThatSawAll() throws IOException {
        List<LoggedPrediction> rows = rows(6_000);
        TrafficSketch one = sketch(rows);
        List<LoggedPrediction> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(2));
        TrafficSketch merged = new TrafficSketch(NUMBERS.coordinates());
        for (List<LoggedPrediction> own :
                List.of(shuffled.subList(0, 900), shuffled.subList(900, 4_100), shuffled.subList(4_100, 6_000))) {
            merged.merge(SketchCodec.read(SketchCodec.write(sketch(own)), NUMBERS.coordinates()));
        }
        assertThat(merged.images()).isEqualTo(one.images());
        assertThat(merged.means()).containsExactly(one.means());
        assertThat(merged.embedding().mean()).containsExactly(one.embedding().mean());
        assertThat(merged.embedding().covariance())
                .isDeepEqualTo(one.embedding().covariance());
        assertThat(merged.requests().ids()).isEqualTo(one.requests().ids());
        assertThat(merged.slices().all())
                .map(TrafficSketchTest::text)
                .isEqualTo(
                        one.slices().all().stream().map(TrafficSketchTest::text).toList());
        assertThat(rank(rows, merged.quantiles().quantile("brightness", 0.5).orElseThrow()))
                .isCloseTo(0.5, within(0.017));
        assertThat(rank(rows, one.quantiles().quantile("brightness", 0.5).orElseThrow()))
                .isCloseTo(0.5, within(0.017));
    }

    private static String text(Slices.Slice slice) {
        return slice.kind() + " " + slice.name() + " " + slice.images() + " " + Arrays.toString(slice.means());
    }

    private static double rank(List<LoggedPrediction> rows, double brightness) {
        return rows.stream()
                        .filter(row -> row.image()
                                        .observed()
                                        .measures()
                                        .orElseThrow()
                                        .tones()
                                        .brightness()
                                <= brightness)
                        .count()
                / (double) rows.size();
    }

    @Test
    void itsSizeDoesNotGrowWithTraffic() {
        int thousand = SketchCodec.write(sketch(rows(4_000))).length;
        int many = SketchCodec.write(sketch(rows(40_000))).length;
        assertThat(many).isLessThan((int) (1.35 * thousand));
    }

    @Test
    void partsOfTheTrafficHaveTheirMeans() {
        List<LoggedPrediction> rows = rows(2_000);
        List<Slices.Slice> cameras = sketch(rows).slices().all().stream()
                .filter(slice -> slice.kind().equals("camera"))
                .toList();
        assertThat(cameras).hasSize(4);
        assertThat(cameras.stream().mapToLong(Slices.Slice::images).sum()).isEqualTo(2_000);
        assertThat(cameras)
                .allSatisfy(
                        camera -> assertThat(camera.means()[0]).as("brightness").isCloseTo(120, within(5.0)));
    }

    @Test
    void partsBeyondTheLimitAreCountedTogether() {
        RandomGenerator random = new SplittableRandom(3);
        TrafficSketch sketch = new TrafficSketch(NUMBERS.coordinates());
        for (int i = 0; i < 100; i++) {
            LoggedPrediction row = LoggedImages.row(TIME, "r" + i, 1, random);
            sketch.add(withClient(row, "client-" + i), NUMBERS.of(row));
        }
        List<Slices.Slice> clients = sketch.slices().all().stream()
                .filter(slice -> slice.kind().equals("client"))
                .toList();
        assertThat(clients).hasSize(Slices.MOST + 1);
        assertThat(clients.stream()
                        .filter(slice -> slice.name().equals("other"))
                        .mapToLong(Slices.Slice::images))
                .containsExactly(100L - Slices.MOST);
    }

    private static LoggedPrediction withClient(LoggedPrediction row, String client) {
        return new LoggedPrediction(
                new RequestDetails(
                        row.request().id(), Optional.of(client), row.request().tags(), true),
                row.time(),
                row.version(),
                row.contract(),
                row.output(),
                row.image(),
                row.times(),
                row.routing());
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] bytes = SketchCodec.write(sketch(rows(10)));
        byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
        assertThatThrownBy(() -> SketchCodec.read(cut, NUMBERS.coordinates())).isInstanceOf(IOException.class);
        ImageNumbers others = ImageNumbers.of(Task.CLASSIFICATION, List.of("a"));
        assertThatThrownBy(() -> SketchCodec.read(bytes, others.coordinates())).isInstanceOf(IOException.class);
    }
}
