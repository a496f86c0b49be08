package dev.fovea.server;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailures;
import dev.fovea.model.Bundle;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftWatch;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.monitoring.sketch.SketchBook;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.Home;
import dev.fovea.storage.ProductionStores;
import dev.fovea.traffic.reference.Reference;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that watch for drift. */
final class DriftParts {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.monitoring");

    private DriftParts() {}

    /** What owners ask and state. */
    static Drift drift(Registry registry, Home home, Clock clock) {
        Function<VersionId, Bundle> bundles = bundles(registry, home.bundles());
        return new Drift(
                registry,
                home.production().drift(),
                numbers(bundles, references(bundles)),
                clock,
                ZoneId.systemDefault());
    }

    /**
     * Watches the predictions that it is given; to be started and closed.
     *
     * @param server a name that no other process has
     */
    static DriftWatch watch(Registry registry, Home home, String server, Clock clock) {
        ProductionStores stores = home.production();
        Function<VersionId, Bundle> bundles = bundles(registry, home.bundles());
        Function<VersionId, Optional<Reference>> references = references(bundles);
        Function<VersionId, ImageNumbers> numbers = numbers(bundles, references);
        SketchBook book = new SketchBook(stores.sketches(), server, numbers);
        return new DriftWatch(
                book,
                stores.sketches(),
                stores.drift(),
                stores.leases(),
                numbers,
                references,
                clock,
                ZoneId.systemDefault());
    }

    private static Function<VersionId, Bundle> bundles(Registry registry, BundleStore bundles) {
        return version -> bundles.bundle(
                registry.version(version.model(), version.version()).bundleId());
    }

    /** A version has the same numbers for ever. */
    private static Function<VersionId, ImageNumbers> numbers(
            Function<VersionId, Bundle> bundles, Function<VersionId, Optional<Reference>> references) {
        ConcurrentMap<VersionId, ImageNumbers> known = new ConcurrentHashMap<>();
        return version -> known.computeIfAbsent(
                version, absent -> ImageNumbers.of(bundles.apply(version).manifest(), references.apply(version)));
    }

    /** A damaged reference is said once, and traffic is watched without it. */
    private static Function<VersionId, Optional<Reference>> references(Function<VersionId, Bundle> bundles) {
        RecurringFailures damaged = new RecurringFailures();
        return version -> {
            try {
                return Reference.of(bundles.apply(version));
            } catch (FoveaException e) {
                if (damaged.begins(version.toString(), e)) {
                    LOG.warn("The traffic of {} is not compared with its held-out images: {}", version, e.getMessage());
                }
                return Optional.empty();
            }
        };
    }
}
