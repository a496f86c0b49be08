package dev.fovea.server;

import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftWatch;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.monitoring.sketch.SketchBook;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.Home;
import dev.fovea.storage.ProductionStores;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The parts that watch for drift. */
final class DriftParts {

    private DriftParts() {}

    /** What owners ask and state. */
    static Drift drift(Registry registry, Home home, Clock clock) {
        return new Drift(
                registry, home.production().drift(), numbers(registry, home.bundles()), clock, ZoneId.systemDefault());
    }

    /**
     * Watches the predictions that it is given; to be started and closed.
     *
     * @param server a name that no other process has
     */
    static DriftWatch watch(Registry registry, Home home, String server, Clock clock) {
        ProductionStores stores = home.production();
        Function<VersionId, ImageNumbers> numbers = numbers(registry, home.bundles());
        SketchBook book = new SketchBook(stores.sketches(), server, numbers);
        return new DriftWatch(
                book, stores.sketches(), stores.drift(), stores.leases(), numbers, clock, ZoneId.systemDefault());
    }

    /** A version has the same numbers for ever. */
    private static Function<VersionId, ImageNumbers> numbers(Registry registry, BundleStore bundles) {
        ConcurrentMap<VersionId, ImageNumbers> known = new ConcurrentHashMap<>();
        return version -> known.computeIfAbsent(
                version,
                absent -> ImageNumbers.of(bundles.bundle(registry.version(version.model(), version.version())
                                .bundleId())
                        .manifest()));
    }
}
