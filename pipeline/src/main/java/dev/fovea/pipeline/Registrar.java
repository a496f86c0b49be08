package dev.fovea.pipeline;

import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.OnnxModel;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import java.util.Locale;
import java.util.Map;

/** Turns a finished model into a stored bundle and a numbered version, and puts it into production when that is decided. */
final class Registrar {

    private static final int LONGEST_REASON = 500;

    private final Registry registry;
    private final BundleStore bundles;
    private final Scratch scratch;
    private final Origin origin;

    Registrar(Registry registry, BundleStore bundles, Scratch scratch, Origin origin) {
        this.registry = registry;
        this.bundles = bundles;
        this.scratch = scratch;
        this.origin = origin;
    }

    /** Everything that becomes a version. */
    record Finished(
            Manifest manifest,
            byte[] onnx,
            Map<String, byte[]> goldenPictures,
            Map<String, byte[]> attachments,
            Map<String, Double> metrics,
            String note) {}

    ModelVersion register(Finished finished) {
        Manifest manifest = finished.manifest();
        String id;
        try (ScratchDirectory draft = new ScratchDirectory(scratch)) {
            Bundle bundle = Bundle.write(
                    draft.resolve("bundle"),
                    manifest,
                    finished.onnx(),
                    finished.goldenPictures(),
                    finished.attachments());
            id = bundles.put(bundle.directory());
        }
        return registry.register(
                new Registration(
                        manifest.name(),
                        manifest.task().name().toLowerCase(Locale.ROOT),
                        id,
                        manifest.labels(),
                        finished.note(),
                        manifest.lineage(),
                        finished.metrics(),
                        manifest.evaluation().orElse(""),
                        finished.onnx().length,
                        OnnxModel.parse(finished.onnx(), manifest.name()).parameters()),
                origin.who());
    }

    /** Puts a version into production if that was decided. */
    void carryOut(PromotionDecision decision, ModelVersion version) {
        if (decision.promoted()) {
            registry.promote(version.name(), version.number(), origin.who(), shortened(decision.reason()));
        }
    }

    /** The trail keeps reasons up to a length, on one line. */
    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
    }
}
