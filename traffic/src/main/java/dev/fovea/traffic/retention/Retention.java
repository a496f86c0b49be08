package dev.fovea.traffic.retention;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Policies, and the way of images from candidates into data sets and out again; the same for commands, the API and the
 * server that does the periodic work. What a killed process left undone is done by the next call.
 */
public final class Retention {

    /** Other servers store the last candidates of a day within that time. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final int PAGE = 100;
    /** After all images. */
    public static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    private final Registry registry;
    private final KeepStore store;
    private final KeptImageStore images;
    private final ImageShelf shelf;
    private final InstantSource clock;

    public Retention(Registry registry, KeepStore store, KeptImageStore images, ImageShelf shelf, InstantSource clock) {
        this.registry = registry;
        this.store = store;
        this.images = images;
        this.shelf = shelf;
        this.clock = clock;
    }

    /** What images were brought to their data sets, and how many it refused. */
    public record Moved(int kept, int refused) {

        static final Moved NONE = new Moved(0, 0);

        Moved plus(Moved other) {
            return new Moved(kept + other.kept, refused + other.refused);
        }
    }

    /** The images that are kept in data sets. */
    public KeptImageStore images() {
        return images;
    }

    /** The policy of a model; {@code MODEL_UNKNOWN}. */
    public Optional<KeepPolicy> policy(String model) {
        return store.policy(registry.model(model).name());
    }

    /**
     * Sets the policy of a model. Images that were chosen under another one are brought to its data set at once, so
     * that each sample is of one policy.
     *
     * @param policy with an empty data set for the model's own one
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code DATASET_UNKNOWN}, {@code STATE_CONFLICT}
     */
    public KeepPolicy set(KeepPolicy policy) {
        String model = registry.model(policy.model()).name();
        KeepPolicy named = new KeepPolicy(
                model, shelf.require(model, policy.dataset()), policy.perDay(), policy.maxBytes(), policy.days());
        if (!store.policy(model).equals(Optional.of(named))) {
            store.policy(model).ifPresent(before -> closeAll(before));
            store.put(named);
        }
        return named;
    }

    /** Ends the policy of a model; kept images stay until they expire. Returns whether there was one. */
    public boolean end(String model) {
        return store.end(registry.model(model).name());
    }

    /**
     * Ends the current part of the day for a model, and brings its images to the data set.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}; {@code STATE_CONFLICT} without a policy; those of the data set
     */
    public Moved finish(String model) {
        KeepPolicy policy = policy(model)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "No images of %1$s are kept. Say which: fovea traffic keep %1$s --random 100/day"
                                .formatted(model)));
        closeAll(policy);
        return move();
    }

    private void closeAll(KeepPolicy policy) {
        for (KeepPart part : store.openParts()) {
            if (part.model().equals(policy.model())) {
                close(policy, part);
            }
        }
    }

    /** Does what is due: closes days that are over, brings chosen images to their data sets, removes expired ones. */
    public Moved work() {
        Instant now = clock.instant();
        LocalDate current = LocalDate.ofInstant(now.minus(LATE), ZoneOffset.UTC);
        for (KeepPart part : store.openParts()) {
            if (part.day().isBefore(current)) {
                store.policy(part.model()).ifPresent(policy -> close(policy, part));
            }
        }
        Moved moved = move();
        expire(LocalDate.ofInstant(now, ZoneOffset.UTC));
        return moved;
    }

    private void close(KeepPolicy policy, KeepPart part) {
        store.close(policy, part, open -> choice(policy, open));
    }

    /** The images that a part keeps. */
    static List<ChosenImage> choice(KeepPolicy policy, OpenPart open) {
        DaySelection selection = DaySelection.of(open.staged(), open.quotas(), policy.maxBytes());
        double probability = Math.min(
                1,
                (double) selection.count(KeepReason.RANDOM)
                        / Math.max(1, open.counts().seen()));
        List<ChosenImage> chosen = new ArrayList<>();
        for (KeepCandidate candidate : open.staged()) {
            Set<KeepReason> reasons = selection.chosen().getOrDefault(candidate.id(), EnumSet.noneOf(KeepReason.class));
            if (!reasons.isEmpty()) {
                chosen.add(new ChosenImage(
                        candidate,
                        reasons,
                        reasons.contains(KeepReason.RANDOM) ? Optional.of(probability) : Optional.empty(),
                        policy.dataset(),
                        open.part().day().plusDays(policy.days())));
            }
        }
        return chosen;
    }

    /** Brings chosen images to their data sets. A data set that cannot take them keeps no other one from doing so. */
    private Moved move() {
        Moved all = Moved.NONE;
        Optional<FoveaException> trouble = Optional.empty();
        for (String dataset : store.awaiting()) {
            try {
                all = all.plus(move(dataset));
            } catch (FoveaException e) {
                trouble = trouble.or(() -> Optional.of(e));
            }
        }
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return all;
    }

    private Moved move(String dataset) {
        Moved moved = Moved.NONE;
        List<ChosenImage> page;
        do {
            page = store.chosen(dataset, PAGE);
            for (ChosenImage image : page) {
                moved = moved.plus(move(image));
            }
        } while (page.size() == PAGE);
        return moved;
    }

    private Moved move(ChosenImage image) {
        try {
            Optional<byte[]> file = store.file(image.candidate());
            if (file.isEmpty()) {
                return Moved.NONE; // another process was faster
            }
            images.keep(KeptImage.of(image, shelf.add(image, file.get())));
            return new Moved(1, 0);
        } catch (FoveaException e) {
            if (isPassing(e.code())) {
                throw e; // it stays chosen, and is brought later
            }
            store.refuse(image);
            return new Moved(0, 1);
        }
    }

    /** Whether the image is not to blame: the storage fails, or the data set was deleted and may be created again. */
    private static boolean isPassing(ErrorCode code) {
        return code == ErrorCode.STORAGE_FAILED
                || code == ErrorCode.STORAGE_UNAVAILABLE
                || code == ErrorCode.DATASET_UNKNOWN;
    }

    private void expire(LocalDate today) {
        List<KeptImage> page;
        do {
            page = images.expired(today, PAGE);
            List<KeptImage> gone = new ArrayList<>();
            List<KeptImage> staying = new ArrayList<>();
            for (KeptImage image : page) {
                (isNeeded(image, page) || shelf.remove(image) ? gone : staying).add(image);
            }
            images.release(gone);
            images.retain(staying);
        } while (page.size() == PAGE);
    }

    /** Whether another request for which the image is kept is not over: then its file stays. */
    private boolean isNeeded(KeptImage image, List<KeptImage> over) {
        return images.ofImage(image.file().dataset(), image.file().hash()).stream()
                .filter(other -> other.file().expires().isPresent())
                .anyMatch(other -> over.stream().noneMatch(one -> one.id().equals(other.id())));
    }

    /** What is kept of a model. */
    public KeepTotals totals(String model) {
        return images.totals(registry.model(model).name());
    }

    /** Kept images of a model, the newest first. */
    public List<KeptImage> kept(String model, int limit, int skip) {
        return kept(model, Instant.EPOCH, FAR, limit, skip);
    }

    /** Those of responses from a time to before another. */
    public List<KeptImage> kept(String model, Instant from, Instant to, int limit, int skip) {
        return images.kept(registry.model(model).name(), from, to, limit, skip);
    }

    /** Kept images of some requests of a model. */
    public List<KeptImage> ofRequests(String model, Collection<String> requests) {
        return images.ofRequests(registry.model(model).name(), requests);
    }

    /** How many images of a reason a policy keeps of a day, in the order of the reasons. */
    public static Map<KeepReason, Integer> perDay(int random, int uncertain, int novel) {
        return Map.of(KeepReason.RANDOM, random, KeepReason.UNCERTAIN, uncertain, KeepReason.NOVEL, novel);
    }
}
