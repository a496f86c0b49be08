package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.TrafficSketch;
import dev.fovea.registry.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A version's detector with its open block, made from what is stored. Not thread-safe. */
final class WatchedVersion {

    private final VersionId version;
    private final DriftSettings settings;
    private final Optional<Acceptance> acceptance;
    private final ZoneId zone;
    private final BlockBuilder builder;
    private final DriftDetector detector;
    private Instant next;
    private long blocks;
    private long images;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    private WatchedVersion(
            VersionId version,
            List<Coordinate> coordinates,
            DriftSettings settings,
            Optional<Acceptance> acceptance,
            ZoneId zone) {
        this.version = version;
        this.settings = settings;
        this.acceptance = acceptance;
        this.zone = zone;
        this.builder = new BlockBuilder(coordinates);
        this.detector = new DriftDetector(coordinates, settings, zone, acceptance.map(Acceptance::until));
        this.next = acceptance.map(Acceptance::from).orElse(Instant.EPOCH);
    }

    /** Takes up a version where its stored blocks end. */
    static WatchedVersion resume(
            VersionId version,
            List<Coordinate> coordinates,
            DriftSettings settings,
            Optional<Acceptance> acceptance,
            DriftStore store,
            ZoneId zone) {
        WatchedVersion watched = new WatchedVersion(version, coordinates, settings, acceptance, zone);
        for (Block block : store.blocks(version, watched.next)) {
            if (block.means().length == coordinates.size()) {
                watched.take(block);
                watched.next = block.end();
            }
        }
        return watched;
    }

    /** Whether it was made with these. */
    boolean isOf(DriftSettings otherSettings, Optional<Acceptance> otherAcceptance) {
        return settings.equals(otherSettings) && acceptance.equals(otherAcceptance);
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
        var _ = detector.add(block);
    }

    DriftReport report(Instant now) {
        Watching watching = detector.watching();
        double perDay = blocks == 0 ? 0 : blocks / Math.max(1e-6, DriftWords.days(first, last));
        return new DriftReport(
                version,
                switch (watching) {
                    case Watching.Learning _ -> DriftReport.DriftPhase.LEARNING;
                    case Watching.NoChange _ -> DriftReport.DriftPhase.WATCHING;
                    case Watching.Alarmed _ -> DriftReport.DriftPhase.ALARM;
                },
                DriftWords.statement(watching, settings, perDay, blocks == 0 ? 0 : DriftWords.days(first, last), zone),
                settings,
                new DriftReport.DriftProgress(now, blocks, images, builder.waiting()),
                new DriftReport.DriftEvidence(detector.evidence(), detector.threshold(), detector.shares()),
                detector.seenWithinADay(),
                watching instanceof Watching.Alarmed(DriftAlarm alarm, Instant _)
                        ? Optional.of(alarm)
                        : Optional.empty());
    }
}
