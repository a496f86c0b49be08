package dev.fovea.pipeline.jobs;

import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registration;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import java.util.Map;

/** Stores a finished model as a bundle, registers it as a version, and promotes it if that is decided. */
public final class Registrar {

    private static final int MAX_REASON = 500;

    private final JobTools workshop;

    public Registrar(JobTools workshop) {
        this.workshop = workshop;
    }

    /** The content of a new version. */
    public record FinishedTraining(
            Manifest manifest,
            byte[] onnx,
            Map<String, byte[]> goldenImages,
            Map<String, byte[]> attachments,
            Map<String, Double> metrics,
            String note) {}

    /** Throws the errors of loading it, of its golden test, and of storage. */
    public ModelVersion register(FinishedTraining finished) {
        try (ScratchDirectory scratchDirectory = new ScratchDirectory(workshop.scratch())) {
            Bundle bundle = Bundle.write(
                    scratchDirectory.resolve("bundle"),
                    finished.manifest(),
                    finished.onnx(),
                    finished.goldenImages(),
                    finished.attachments());
            return register(bundle, finished.metrics(), finished.note());
        }
    }

    /** The same for a bundle that is written already. */
    public ModelVersion register(Bundle bundle, Map<String, Double> metrics, String note) {
        requireAnswers(bundle);
        String id = workshop.bundles().put(bundle.directory());
        Manifest manifest = bundle.manifest();
        OnnxModel model = bundle.model();
        Registration registration = new Registration(
                manifest.name(),
                manifest.task().toString(),
                id,
                manifest.labels(),
                note,
                manifest.lineage(),
                new Registration.Quality(metrics, manifest.evaluation().orElse("")),
                new Registration.NetworkSize(model.bytes().length, model.parameters()));
        return workshop.registry().register(registration, workshop.origin().who());
    }

    /** Promotes a version if that was decided. */
    public void carryOut(PromotionDecision decision, ModelVersion version) {
        if (decision.promoted()) {
            String who = workshop.origin().who();
            workshop.releases().promote(version.name(), version.number(), who, shortened(decision.reason()));
        }
    }

    /** The audit trail stores reasons in one line of limited length. */
    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON - 1) + "…";
    }

    /** Loads it and runs the golden test as a server does, so that errors occur before the version is registered. */
    private void requireAnswers(Bundle bundle) {
        RuntimeSettings settings = RuntimeSettings.forThisMachine();
        try (LoadedModel model = LoadedModel.load(workshop.engine(), bundle, settings, workshop.workers(), () -> {})) {
            model.check(settings.session().loadLimit());
        }
    }
}
