package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftDetector;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.Watching;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** How often and how soon changes of real images are found, after three weeks of quiet traffic. */
final class PowerTable {

    static final double PER_DAY = 1000;

    private static final int BAR_IMAGES = 500;
    private static final double BAR = 0.9;
    private static final int MOST_IMAGES = 4000;
    private static final Duration QUIET = Duration.ofDays(21);

    /** What one run gave; the delay is {@code Integer.MAX_VALUE} where nothing was found. */
    private record Found(int delay, String named, boolean sinceHolds) {}

    private final int runs;

    /** @param runs of each change */
    PowerTable(int runs) {
        this.runs = runs;
    }

    /** Simulates all changes of a model's traffic and prints a row of each. */
    void rows(BenchModel model, ServedImages images, TrafficPattern pattern) {
        Map<PixelChange, ImagePool> pools = pools(images);
        BenchReport.say("%n%s, %s, %.0f images a day, %d images in the pool, %d runs"
                .formatted(
                        model.label(),
                        pattern.label(),
                        PER_DAY,
                        images.pool(PixelChange.NONE).images(),
                        runs));
        for (SimulatedChange change : SimulatedChange.values()) {
            Found[] found = new Found[runs];
            for (int run = 0; run < runs; run++) {
                found[run] = run(images, pools, pattern, change, run);
            }
            row(change, found);
        }
    }

    static Map<PixelChange, ImagePool> pools(ServedImages images) {
        Map<PixelChange, ImagePool> pools = new EnumMap<>(PixelChange.class);
        for (PixelChange change : PixelChange.values()) {
            pools.put(change, images.pool(change));
        }
        return pools;
    }

    private static void row(SimulatedChange change, Found[] found) {
        int[] delays = Arrays.stream(found).mapToInt(Found::delay).sorted().toArray();
        int seen =
                (int) Arrays.stream(delays).filter(delay -> delay <= BAR_IMAGES).count();
        long dated = Arrays.stream(found).filter(Found::sinceHolds).count();
        Map<String, Integer> named = new TreeMap<>();
        for (Found one : found) {
            named.merge(one.named(), 1, Integer::sum);
        }
        Interval power = WilsonInterval.of(seen, delays.length, 0.95);
        BenchReport.say(
                "  %-12s found within %d images %.2f (%.2f to %.2f)%s; delay in images: median %s, 90 %% %s; interval of the time right %d of %d; named first %s"
                        .formatted(
                                change.label(),
                                BAR_IMAGES,
                                power.value(),
                                power.low(),
                                power.high(),
                                power.value() >= BAR ? "" : " MISSED",
                                delay(delays[delays.length / 2]),
                                delay(delays[(int) (0.9 * (delays.length - 1))]),
                                dated,
                                delays.length,
                                named));
    }

    private static String delay(int images) {
        return images == Integer.MAX_VALUE ? "over " + MOST_IMAGES : String.valueOf(images);
    }

    private static Found run(
            ServedImages images,
            Map<PixelChange, ImagePool> pools,
            TrafficPattern pattern,
            SimulatedChange change,
            int run) {
        SimulatedTraffic traffic =
                new SimulatedTraffic(images.pool(PixelChange.NONE), pattern, PER_DAY, new SplittableRandom(77 + run));
        DriftDetector detector =
                new DriftDetector(images.coordinates(), DriftSettings.DEFAULT, ZoneOffset.UTC, Optional.empty());
        RowBlocks blocks = new RowBlocks(images.coordinates().size());
        // at another hour in each run
        Instant quietUntil = SimulatedTraffic.START.plus(QUIET).plus(Duration.ofHours(run % 24));
        while (traffic.now().isBefore(quietUntil) || !(detector.watching() instanceof Watching.NoChange)) {
            var _ = blocks.add(traffic.minute(), traffic.now()).flatMap(detector::add);
        }
        Instant began = traffic.now();
        change.happen(traffic, pools, images.strangers(), run);
        int count = 0;
        while (count < MOST_IMAGES) {
            List<double[]> minute = traffic.minute();
            count += minute.size();
            Optional<DriftAlarm> alarm = blocks.add(minute, traffic.now()).flatMap(detector::add);
            if (alarm.isPresent()) {
                return found(alarm.get(), count, began);
            }
        }
        return new Found(Integer.MAX_VALUE, "nothing", false);
    }

    private static Found found(DriftAlarm alarm, int delay, Instant began) {
        // the block in which it began is half changed
        Duration block = Duration.ofMinutes(90);
        boolean holds = !alarm.since().earliest().minus(block).isAfter(began)
                && !alarm.since().latest().plus(block).isBefore(began);
        return new Found(
                delay,
                alarm.findings().isEmpty()
                        ? "nothing"
                        : alarm.findings().getFirst().name(),
                holds);
    }
}
