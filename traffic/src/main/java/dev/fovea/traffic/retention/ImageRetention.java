package dev.fovea.traffic.retention;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringWork;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.StreamedPrediction;
import dev.fovea.traffic.retention.KeepStore.StagedImage;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Stages the images of this server's traffic that a policy may keep. The thread of the stream of predictions computes
 * keys and decides; a thread of this class reads policies, and stores candidates four times a second. So a slow or full
 * storage delays no row of the prediction log: candidates above {@value #MAX_WAITING_BYTES} bytes, beside as many that
 * are being stored, are given up and counted. When the process is killed, at most the candidates and counts of the last
 * quarter of a second are missing.
 *
 * <p>The intakes are guarded by this object, and so are the counts; nothing is read or stored under its lock.
 */
public final class ImageRetention implements AutoCloseable {

    /** Bytes of images that wait to be stored. */
    static final long MAX_WAITING_BYTES = 32L << 20;

    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Rows of a day come that long after its end. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final int CHUNK = 32;

    private final KeepStore store;
    private final ImageKeys keys;
    private final InstantSource clock;
    private final Map<Day, KeepIntake> intakes = new HashMap<>(); // guarded by this
    private long waitingBytes; // guarded by this
    private final SortedMap<String, Long> staged = new TreeMap<>(); // guarded by this
    private final SortedMap<String, Long> lost = new TreeMap<>(); // guarded by this
    private Optional<FoveaException> full = Optional.empty(); // owned by the thread
    private volatile Map<String, KeepPolicy> policies = Map.of();
    private final RecurringWork loop;

    /** A day of a model. */
    private record Day(String model, LocalDate day) {}

    /**
     * Not started.
     *
     * @param references what is usual for a version; empty for one without a reference. Called once for each version
     */
    public ImageRetention(KeepStore store, Function<VersionId, Optional<Novelty>> references, InstantSource clock) {
        this.store = store;
        this.keys = new ImageKeys(references);
        this.clock = clock;
        this.loop = new RecurringWork(
                "retention",
                new RecurringWork.Words("Images of traffic cannot be kept", "Images are kept again."),
                PAUSE,
                () -> {
                    turn();
                    return PAUSE;
                });
    }

    /** Reads the policies, then stores candidates until it is closed. */
    public void start() {
        var _ = loop.attempt();
        loop.start();
    }

    /** Whether images for a model may be kept; costs a look at a map. */
    public boolean wants(String model) {
        return policies.containsKey(model);
    }

    /** Decides about the images of a batch. */
    public void take(List<StreamedPrediction> batch) {
        for (StreamedPrediction one : batch) {
            Optional<byte[]> image = one.image();
            if (image.isPresent() && one.row().hasVersion()) {
                take(one.row(), image.get());
            }
        }
    }

    private void take(LoggedPrediction row, byte[] file) {
        String model = row.version().model();
        KeepPolicy policy = policies.get(model);
        if (policy == null) {
            return;
        }
        Map<KeepReason, Double> all = keys.of(policy, row);
        synchronized (this) {
            KeepIntake intake = intakes.get(new Day(model, LocalDate.ofInstant(row.time(), ZoneOffset.UTC)));
            if (intake == null) {
                return; // its day is over, or the policy has ended
            }
            Map<KeepReason, Double> good = intake.offer(all);
            if (good.isEmpty()) {
                return;
            }
            StagedImage image = new StagedImage(
                    new KeepCandidate(
                            UUID.randomUUID().toString(), intake.part(), ImageOrigin.of(row), good, file.length),
                    file);
            if (waitingBytes + file.length > MAX_WAITING_BYTES) {
                intake.lose(image);
                lost.merge(model, 1L, Long::sum);
            } else {
                intake.add(image);
                waitingBytes += file.length;
            }
        }
    }

    /**
     * One turn of the loop, which {@link #start} repeats: stores what was taken in, and follows the policies.
     *
     * @throws FoveaException why images could not be stored, which are counted, or policies not be read
     */
    public void turn() {
        full = Optional.empty();
        Set<KeepPart> closed = store.closedParts(firstDay());
        for (KeepIntake intake : current()) {
            if (closed.contains(intake.part())) {
                again(intake, taken(intake));
            } else {
                save(intake);
            }
        }
        follow();
        if (full.isPresent()) {
            throw full.get();
        }
    }

    private synchronized List<KeepIntake> current() {
        return List.copyOf(intakes.values());
    }

    private synchronized KeepIntake.Unsaved taken(KeepIntake intake) {
        KeepIntake.Unsaved unsaved = intake.take();
        unsaved.images().forEach(image -> waitingBytes -= image.file().length);
        return unsaved;
    }

    /** Rows of a day come for some time after its end. */
    private LocalDate firstDay() {
        return LocalDate.ofInstant(clock.instant().minus(LATE), ZoneOffset.UTC);
    }

    private void save(KeepIntake intake) {
        KeepIntake.Unsaved unsaved = taken(intake);
        if (unsaved.counts().equals(PartCounts.NONE)) {
            return;
        }
        PartCounts counts = unsaved.counts();
        List<StagedImage> images = unsaved.images();
        int from = 0;
        do {
            List<StagedImage> chunk = images.subList(from, Math.min(images.size(), from + CHUNK));
            try {
                if (!store.stage(unsaved.part(), counts, chunk)) {
                    again(
                            intake,
                            new KeepIntake.Unsaved(
                                    unsaved.part(), counts, images.subList(from, images.size()), unsaved.passedOver()));
                    return;
                }
                stored(intake, chunk);
                counts = PartCounts.NONE;
            } catch (FoveaException e) {
                lose(intake, counts, chunk, e);
                counts = PartCounts.NONE;
            }
            from += CHUNK;
        } while (from < images.size());
    }

    private void stored(KeepIntake intake, List<StagedImage> images) {
        boolean tooMany;
        synchronized (this) {
            staged.merge(intake.policy().model(), (long) images.size(), Long::sum);
            tooMany = intake.stored(images);
        }
        if (tooMany) {
            giveUp(intake);
        }
    }

    /** The part was closed: the images go to the next one, unless it is unfair to those that were passed over. */
    private void again(KeepIntake intake, KeepIntake.Unsaved unsaved) {
        OpenPart open = store.open(intake.policy(), intake.part().day());
        synchronized (this) {
            intake.follow(open);
            if (unsaved.passedOver()) {
                return;
            }
            for (StagedImage image : unsaved.images()) {
                KeepCandidate before = image.candidate();
                Map<KeepReason, Double> good = intake.offer(before.keys());
                if (!good.isEmpty()) {
                    intake.add(new StagedImage(before.in(open.part(), good), image.file()));
                    waitingBytes += image.file().length;
                }
            }
        }
    }

    private void giveUp(KeepIntake intake) {
        OpenPart open = store.open(intake.policy(), intake.part().day());
        DaySelection selection =
                DaySelection.of(open.staged(), open.quotas(), intake.policy().maxBytes());
        store.giveUp(
                open.part(),
                open.staged().stream()
                        .filter(candidate -> !selection.chosen().containsKey(candidate.id()))
                        .toList(),
                selection.share());
        OpenPart after = store.open(intake.policy(), intake.part().day());
        synchronized (this) {
            if (after.part().equals(intake.part())) {
                intake.follow(after);
            }
        }
    }

    private void lose(KeepIntake intake, PartCounts counts, List<StagedImage> images, FoveaException e) {
        synchronized (this) {
            images.forEach(intake::lose);
            intake.restore(counts);
            lost.merge(intake.policy().model(), (long) images.size(), Long::sum);
        }
        full = Optional.of(e);
    }

    /** Reads the policies, and the parts of today and tomorrow. */
    private void follow() {
        Map<String, KeepPolicy> now = new HashMap<>();
        store.policies().forEach(policy -> now.put(policy.model(), policy));
        LocalDate first = firstDay();
        LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        Map<Day, KeepIntake> missing = new HashMap<>();
        for (KeepPolicy policy : now.values()) {
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                Day key = new Day(policy.model(), day);
                if (!isKnown(key, policy)) {
                    missing.put(key, new KeepIntake(policy, store.open(policy, day)));
                }
            }
        }
        synchronized (this) {
            intakes.putAll(missing);
            intakes.keySet().removeIf(key -> key.day().isBefore(first) || !now.containsKey(key.model()));
        }
        policies = Map.copyOf(now);
    }

    private synchronized boolean isKnown(Day key, KeepPolicy policy) {
        KeepIntake intake = intakes.get(key);
        return intake != null && intake.policy().equals(policy);
    }

    /** How it does. */
    public synchronized RetentionStatus status() {
        return new RetentionStatus(staged, lost, loop.problem());
    }

    /** Stores what waits, and stops. */
    @Override
    public void close() {
        loop.close();
        var _ = loop.attempt();
    }
}
