package dev.fovea.labels;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabelStore;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.LeaseDraw;
import dev.fovea.labels.queue.LeaseWish;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.labels.queue.PrefillOffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Who has which image, and for how long. Thread-safe. Every method throws {@code DATASET_UNKNOWN} when there is no such
 * data set.
 */
public final class LabelLeases {

    private final Datasets datasets;
    private final LabelStore store;
    private final PrefillModel model;
    private final Clock clock;
    private final RandomGenerator random;

    LabelLeases(Datasets datasets, LabelStore store, PrefillModel model, Clock clock, RandomGenerator random) {
        this.datasets = datasets;
        this.store = store;
        this.model = model;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Gives images to an annotator: none that the person has, had or labelled, and none that as many others have or
     * labelled as the settings want. Fewer are returned when the queue has fewer.
     */
    public List<LabelLease> give(String name, LeaseWish wish) {
        Dataset dataset = datasets.dataset(name);
        if (!wish.ended().isEmpty()) {
            int _ = store.giveBack(dataset.id(), wish.ended());
        }
        LabellingSettings settings = store.settings(dataset.id());
        List<LeaseDraw> draws =
                Stream.generate(() -> draw(settings)).limit(wish.count()).toList();
        Instant now = now();
        List<LabelLease> leases = store.lease(new LabelStore.LeaseRequest(
                dataset.id(), wish.annotator(), draws, settings, now, now.plus(wish.time()), wish.alike()));
        return settings.prefillModel()
                .map(each -> suggested(dataset, each, leases))
                .orElse(leases);
    }

    private LeaseDraw draw(LabellingSettings settings) {
        return new LeaseDraw(
                UUID.randomUUID().toString(),
                random.nextDouble() < settings.honeypotShare(),
                random.nextDouble() < settings.hidePrefillShare());
    }

    private List<LabelLease> suggested(Dataset dataset, String prefillModel, List<LabelLease> leases) {
        Map<String, PrefillOffer> suggestions = new LinkedHashMap<>();
        List<LabelLease> suggested = new ArrayList<>();
        for (LabelLease lease : leases) {
            Optional<PrefillOffer> made = Optional.of(lease)
                    .filter(each -> each.reason() != ChoiceReason.PILOT)
                    .flatMap(each -> model.predict(
                            dataset, prefillModel, datasets.bytes(each.item().image())))
                    .map(prefill -> new PrefillOffer(prefill, lease.prefillHidden()));
            made.ifPresent(suggestion -> suggestions.put(lease.id(), suggestion));
            suggested.add(made.map(lease::suggesting).orElse(lease));
        }
        if (!suggestions.isEmpty()) {
            store.suggest(suggestions);
        }
        return suggested;
    }

    /**
     * Extends leases to a time from now on, expired ones too.
     *
     * @return when each of them ends; those that have ended, or whose images are with others by now, are left out
     */
    public Map<String, Instant> renew(String name, Collection<String> leases, Duration time) {
        Dataset dataset = datasets.dataset(name);
        Instant now = now();
        Instant expires = now.plus(LeaseWish.requireTime(time));
        Map<String, Instant> renewed = new LinkedHashMap<>();
        store.renew(dataset.id(), leases, store.settings(dataset.id()).perImage(), now, expires)
                .forEach(lease -> renewed.put(lease, expires));
        return renewed;
    }

    /** Ends leases without annotation, so that others may get the images at once; returns how many were open. */
    public int giveBack(String name, Collection<String> leases) {
        return store.giveBack(datasets.dataset(name).id(), leases);
    }

    /** Puts images that nobody labelled before all others; returns how many wait for a label. */
    public int first(String name, Collection<ContentHash> images, ChoiceReason reason) {
        return store.first(datasets.dataset(name).id(), images, reason);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
