package dev.fovea.monitoring.drift.detector;

import dev.fovea.model.decoder.Task;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.monitoring.sketch.LoggedImages;
import dev.fovea.monitoring.sketch.TrafficSketch;
import dev.fovea.traffic.LoggedPrediction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Blocks of drawn traffic of about a thousand images a day. */
public final class DrawnBlocks {

    public static final ImageNumbers NUMBERS = ImageNumbers.of(Task.CLASSIFICATION, LoggedImages.LABELS);
    public static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final RandomGenerator random;
    private Instant at = START;

    public DrawnBlocks(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public Instant at() {
        return at;
    }

    /** Sets the clock to another time. */
    public void setClock(Instant now) {
        at = now;
    }

    /** The rows of the next minute that has some. */
    public List<LoggedPrediction> rows(double light) {
        at = at.plusSeconds(60L * (1 + random.nextInt(19)));
        return IntStream.range(0, 7)
                .mapToObj(i -> LoggedImages.row(at.plusSeconds(i), at + "-" + i, light, random))
                .toList();
    }

    /** Blocks of so many days. */
    public List<Block> days(double days, ToDoubleFunction<Instant> light) {
        BlockBuilder builder = new BlockBuilder(NUMBERS.coordinates());
        List<Block> blocks = new ArrayList<>();
        Instant end = at.plusSeconds(Math.round(days * 86_400));
        while (at.isBefore(end)) {
            TrafficSketch sketch = new TrafficSketch(NUMBERS.coordinates());
            rows(light.applyAsDouble(at)).forEach(row -> sketch.add(row, NUMBERS.of(row)));
            builder.add(new TrafficSketch.Timed(at, sketch)).ifPresent(blocks::add);
        }
        return blocks;
    }
}
