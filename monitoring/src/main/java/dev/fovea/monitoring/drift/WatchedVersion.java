package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.BlockBuilder;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftDetector;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.Watching;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.monitoring.sketch.TrafficSketch;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A version's detector with its open block, made from what is stored. Not thread-safe. */
final class WatchedVersion {

    /** A clock that is behind by more was set back. */
    private static final Duration SET_BACK = Duration.ofMinutes(5);

    private final VersionId version;
    private final DriftSettings settings;
    private final Optional<Acceptance> acceptance;
    private final ZoneId zone;
    private final BlockBuilder builder;
    private final DriftDetector detector;
    private final Optional<HeldOutComparison> heldOut;
    private Optional<Explained> explained = Optional.empty();
    private Instant next;
    private long blocks;
    private long images;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    /** An alarm and where it comes from. */
    private record Explained(DriftAlarm alarm, AlarmOrigin origin) {}

    private WatchedVersion(
            VersionId version,
            ImageNumbers numbers,
            Optional<Reference> reference,
            DriftSettings settings,
            Optional<Acceptance> acceptance,
            ZoneId zone) {
        this.version = version;
        this.settings = settings;
        this.acceptance = acceptance;
        this.zone = zone;
        this.builder = new BlockBuilder(numbers.coordinates());
        this.detector = new DriftDetector(numbers.coordinates(), settings, zone, acceptance.map(Acceptance::until));
        this.heldOut = reference
                .filter(known -> acceptance.isEmpty()) // the owner knows what the traffic is like
                .map(known -> HeldOutComparison.of(numbers, known));
        this.next = acceptance.map(Acceptance::from).orElse(Instant.EPOCH);
    }

    /**
     * Takes up a version where its stored blocks end. Those that are later than now are of a clock that was set back
     * since then, and do not count.
     *
     * @param reference the held-out images that it was judged on
     */
    static WatchedVersion resume(
            VersionId version,
            ImageNumbers numbers,
            Optional<Reference> reference,
            DriftStore store,
            Instant now,
            ZoneId zone) {
        WatchedVersion watched = new WatchedVersion(
                version, numbers, reference, store.settings(version.model()), store.acceptance(version), zone);
        for (Block block : store.blocks(version, watched.next)) {
            if (block.means().length == numbers.coordinates().size()
                    && !block.end().isAfter(now)) {
                watched.take(block);
                watched.next = block.end();
            }
        }
        return watched;
    }

    /** Whether it was made with these, and by a clock that was not set back since then. */
    boolean isOf(DriftSettings otherSettings, Optional<Acceptance> otherAcceptance, Instant now) {
        return settings.equals(otherSettings)
                && acceptance.equals(otherAcceptance)
                && !next.minus(SET_BACK).isAfter(now);
    }

    /** The first minute that it has not taken in. */
    Instant next() {
        return next;
    }

    /** Takes in minutes in the order of time; the blocks that they complete. */
    List<Block> add(List<TrafficSketch.Timed> minutes) {
        List<Block> complete = new ArrayList<>();
        for (TrafficSketch.Timed minute : minutes) {
            builder.add(minute).ifPresent(complete::add);
            next = minute.start().plus(Duration.ofMinutes(1));
        }
        complete.forEach(this::take);
        return complete;
    }

    private void take(Block block) {
        blocks++;
        images += block.images();
        first = first.isBefore(block.start()) ? first : block.start();
        last = block.end();
        heldOut.ifPresent(comparison -> comparison.add(block.images(), block.means()));
        var _ = detector.add(block);
    }

    /** @param search finds where an alarm comes from; asked once for each alarm */
    DriftReport report(Instant now, Function<DriftAlarm, AlarmOrigin> search) {
        Watching watching = detector.watching();
        double days = blocks == 0 ? 0 : DriftWords.days(first, last);
        double perDay = blocks / Math.max(1e-6, days);
        List<DriftAlarm.Finding> unlike =
                heldOut.map(HeldOutComparison::differences).orElse(List.of());
        Optional<Explained> alarm = explain(watching, search);
        String statement = Stream.of(
                        DriftWords.statement(watching, settings, perDay, days, zone),
                        alarm.map(known -> DriftWords.origin(known.alarm(), known.origin()))
                                .orElse(""),
                        DriftWords.unlikeHeldOut(unlike))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return new DriftReport(
                version,
                switch (watching) {
                    case Watching.Learning _ -> DriftReport.DriftPhase.LEARNING;
                    case Watching.NoChange _ -> DriftReport.DriftPhase.WATCHING;
                    case Watching.Alarmed _ -> DriftReport.DriftPhase.ALARM;
                },
                statement,
                settings,
                new DriftReport.DriftProgress(
                        now, blocks == 0 ? Optional.empty() : Optional.of(first), blocks, images, builder.waiting()),
                new DriftReport.DriftEvidence(detector.evidence(), detector.threshold(), detector.shares()),
                new DriftReport.DriftFindings(
                        detector.seenWithinADay(),
                        alarm.map(Explained::alarm),
                        alarm.map(Explained::origin).orElse(AlarmOrigin.UNKNOWN),
                        unlike));
    }

    private Optional<Explained> explain(Watching watching, Function<DriftAlarm, AlarmOrigin> search) {
        explained = watching instanceof Watching.Alarmed(DriftAlarm alarm, Instant _)
                ? explained
                        .filter(known -> known.alarm().equals(alarm))
                        .or(() -> Optional.of(new Explained(alarm, search.apply(alarm))))
                : Optional.empty();
        return explained;
    }
}
