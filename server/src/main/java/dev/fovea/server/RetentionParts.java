package dev.fovea.server;

import dev.fovea.pipeline.retention.LabelledTruths;
import dev.fovea.pipeline.retention.TrafficShelf;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.ProductionStores;
import dev.fovea.traffic.PredictionStream;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.retention.ImageRetention;
import dev.fovea.traffic.retention.KeptImageStore;
import dev.fovea.traffic.retention.Novelty;
import dev.fovea.traffic.retention.Retention;
import dev.fovea.traffic.retention.RetentionStatus;
import dev.fovea.traffic.retention.RetentionUpkeep;
import java.util.List;
import java.util.Optional;

/** The parts of a server that keep images of its traffic. */
public final class RetentionParts implements AutoCloseable {

    private final ImageRetention intake;
    private final RetentionUpkeep upkeep;

    /** Not started. */
    RetentionParts(Application application) {
        ProductionStores stores = application.home().production();
        Registry registry = application.registry();
        BundleStore bundles = application.home().bundles();
        Retention retention = retention(application);
        this.intake = new ImageRetention(
                stores.retention(), version -> novelty(registry, bundles, version), application.clock());
        this.upkeep = new RetentionUpkeep(stores.leases(), () -> {
            var _ = retention.work();
            reportLabels(application, stores.keptImages());
        });
    }

    /** Labels of kept images are true of their requests. */
    private static void reportLabels(Application application, KeptImageStore kept) {
        List<String> models = kept.newlyLabelled();
        if (!models.isEmpty()) {
            try (AccuracyParts accuracy = AccuracyParts.of(application)) {
                truths(application, accuracy).addNew(models);
            }
        }
    }

    /** Labels of kept images as what is true. */
    public static LabelledTruths truths(Application application, AccuracyParts accuracy) {
        return new LabelledTruths(
                application.registry(),
                application.datasets(),
                application.home().production().keptImages(),
                accuracy.truths(),
                application.clock());
    }

    /** What owners ask and state; running servers follow. */
    public static Retention retention(Application application) {
        ProductionStores stores = application.home().production();
        return new Retention(
                application.registry(),
                stores.retention(),
                stores.keptImages(),
                new TrafficShelf(
                        application.registry(),
                        application.datasets(),
                        application.home().items()),
                application.clock());
    }

    private static Optional<Novelty> novelty(Registry registry, BundleStore bundles, VersionId version) {
        return Reference.of(bundles.bundle(
                        registry.version(version.model(), version.version()).bundleId()))
                .flatMap(Novelty::of);
    }

    /** Takes images from the stream. */
    void subscribe(PredictionStream stream) {
        stream.subscribe("The retention of images", intake::wants, intake::take);
    }

    void start() {
        intake.start();
        upkeep.start();
    }

    /** How it does in this process. */
    public RetentionStatus status() {
        RetentionStatus status = intake.status();
        return new RetentionStatus(
                status.staged(), status.lost(), status.problem().or(upkeep::problem));
    }

    /** Stores what waits, and stops. */
    @Override
    public void close() {
        upkeep.close();
        intake.close();
    }
}
