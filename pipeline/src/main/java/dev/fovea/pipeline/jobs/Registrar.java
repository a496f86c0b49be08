package dev.fovea.pipeline.jobs;

import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registration;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import java.util.Map;

/**
 * Turns a finished model into a stored bundle and a numbered version, and puts it into production when that is decided.
 */
public final class Registrar {

    private static final int LONGEST_REASON = 500;

    private final JobTools workshop;

    public Registrar(JobTools workshop) {
        this.workshop = workshop;
    }

    /** Everything that becomes a version. */
    public record FinishedTraining(
            Manifest manifest,
            byte[] onnx,
            Map<String, byte[]> goldenImages,
            Map<String, byte[]> attachments,
            Map<String, Double> metrics,
            String note) {}

    /** Errors of loading and answering its golden images, and of storage. */
    public ModelVersion register(FinishedTraining finished) {
        try (ScratchDirectory draft = new ScratchDirectory(workshop.scratch())) {
            Bundle bundle = Bundle.write(
                    draft.resolve("bundle"),
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

    /** Puts a version into production if that was decided. */
    public void carryOut(PromotionDecision decision, ModelVersion version) {
        if (decision.promoted()) {
            String who = workshop.origin().who();
            workshop.releases().promote(version.name(), version.number(), who, shortened(decision.reason()));
        }
    }

    /** The trail keeps reasons up to a length, on one line. */
    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
    }

    /** Loads it and answers as a server would; whatever fails there fails here, before there is a version. */
    private void requireAnswers(Bundle bundle) {
        RuntimeSettings settings = RuntimeSettings.forThisMachine();
        try (LoadedModel model = LoadedModel.load(workshop.engine(), bundle, settings, workshop.workers(), () -> {})) {
            model.check(settings.session().loadLimit());
        }
    }
}
