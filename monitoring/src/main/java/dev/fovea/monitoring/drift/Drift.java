package dev.fovea.monitoring.drift;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.BlockBuilder;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftDetector;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.Watching;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What owners ask and state about the drift of their models. Thread-safe; the server that watches follows. */
public final class Drift {

    private final Registry registry;
    private final DriftStore store;
    private final Function<VersionId, ImageNumbers> numbers;
    private final InstantSource clock;
    private final ZoneId zone;

    /**
     * On a store.
     *
     * @param numbers of a version
     * @param zone whose hours and weekdays the rhythm of traffic has
     */
    public Drift(
            Registry registry,
            DriftStore store,
            Function<VersionId, ImageNumbers> numbers,
            InstantSource clock,
            ZoneId zone) {
        this.registry = registry;
        this.store = store;
        this.numbers = numbers;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * The reports of a model's versions that had traffic, by version.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}
     */
    public List<DriftReport> reports(String model) {
        var _ = registry.model(model);
        return store.reports(model);
    }

    /** What the owner stated. */
    public DriftSettings settings(String model) {
        var _ = registry.model(model);
        return store.settings(model);
    }

    /** Changes what the owner stated; detectors begin anew with the stored traffic. */
    public void change(String model, DriftSettings settings) {
        var _ = registry.model(model);
        store.change(model, settings);
    }

    /**
     * Accepts the last days of a version's traffic as quiet, so that it is watched at once. What was before is
     * forgotten, with its alarm.
     *
     * @param version empty for the one in production
     * @throws FoveaException {@code STATE_CONFLICT} for too little traffic, or that of one calendar day,
     *     {@code ARGUMENT_INVALID} for days that are not positive
     */
    public Acceptance accept(String model, Optional<Integer> version, double days, String by) {
        if (!(days > 0 && days <= 3650)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The last %s days cannot be accepted. Give a number of days above 0 and at most 3650."
                            .formatted(days));
        }
        VersionId id = registry.version(model, version).id();
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofSeconds(Math.round(days * 86_400)));
        List<Block> blocks = store.blocks(id, from);
        requireQuiet(id, days, blocks, zone);
        Acceptance acceptance =
                new Acceptance(blocks.getFirst().start(), blocks.getLast().end(), by);
        store.accept(id, acceptance);
        return acceptance;
    }

    /** @throws FoveaException {@code STATE_CONFLICT} */
    static void requireQuiet(VersionId id, double days, List<Block> blocks, ZoneId zone) {
        if (blocks.size() < DriftDetector.MIN_BLOCKS) {
            throw tooLittle(id, days, blocks);
        }
        long calendarDays = blocks.stream()
                .map(block -> block.start().atZone(zone).toLocalDate())
                .distinct()
                .count();
        if (calendarDays < 2) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The traffic of %s:%d in the last %s days is of one calendar day; two are needed to tell how days differ. Accept more days, or accept again tomorrow."
                            .formatted(id.model(), id.version(), DriftWords.plain(days)));
        }
    }

    private static FoveaException tooLittle(VersionId id, double days, List<Block> blocks) {
        long images = blocks.stream().mapToLong(Block::images).sum();
        return new FoveaException(
                ErrorCode.STATE_CONFLICT,
                "The last %s days of %s:%d have %d blocks with %d images; %d blocks are needed, of at least %d images and %d minutes each. Accept more days, or wait for more traffic."
                        .formatted(
                                DriftWords.plain(days),
                                id.model(),
                                id.version(),
                                blocks.size(),
                                images,
                                DriftDetector.MIN_BLOCKS,
                                BlockBuilder.MIN_IMAGES,
                                BlockBuilder.MIN_MINUTES));
    }

    /**
     * What other settings would have said of stored traffic.
     *
     * @param version empty for the one in production
     */
    public DriftReplay replay(
            String model, Optional<Integer> version, Instant from, Instant until, DriftSettings settings) {
        VersionId id = registry.version(model, version).id();
        DriftDetector detector = new DriftDetector(numbers.apply(id).coordinates(), settings, zone, Optional.empty());
        List<DriftAlarm> alarms = new ArrayList<>();
        long images = 0;
        long blocks = 0;
        Optional<Instant> watched = Optional.empty();
        for (Block block : store.blocks(id, from)) {
            if (block.end().isAfter(until)) {
                break;
            }
            detector.add(block).ifPresent(alarms::add);
            blocks++;
            images += block.images();
            if (watched.isEmpty() && !(detector.watching() instanceof Watching.Learning)) {
                watched = Optional.of(block.end());
            }
        }
        return new DriftReplay(id, blocks, images, watched, alarms);
    }

    /**
     * The stored blocks of a version since a time.
     *
     * @param version empty for the one in production
     */
    public StoredBlocks stored(String model, Optional<Integer> version, Instant from) {
        VersionId id = registry.version(model, version).id();
        List<Coordinate> coordinates = numbers.apply(id).coordinates();
        return new StoredBlocks(
                id,
                coordinates,
                store.blocks(id, from).stream()
                        .filter(block -> block.means().length == coordinates.size())
                        .toList());
    }

    /**
     * Blocks of a version's traffic, in the order of time.
     *
     * @param coordinates what the means of the blocks are
     */
    public record StoredBlocks(VersionId version, List<Coordinate> coordinates, List<Block> blocks) {

        public StoredBlocks {
            coordinates = List.copyOf(coordinates);
            blocks = List.copyOf(blocks);
        }
    }

    /** The words of an alarm, in the zone of this program. */
    public String words(DriftAlarm alarm) {
        return DriftWords.alarm(alarm, zone);
    }

    /**
     * What a replay gave.
     *
     * @param version whose traffic
     * @param watchedFrom when learning was complete; empty where the traffic did not suffice
     * @param alarms in the order of time
     */
    public record DriftReplay(
            VersionId version, long blocks, long images, Optional<Instant> watchedFrom, List<DriftAlarm> alarms) {

        public DriftReplay {
            alarms = List.copyOf(alarms);
        }
    }
}
