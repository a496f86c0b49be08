package dev.fovea.pipeline.quantization;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.ModelVersion;
import java.util.Optional;
import java.util.function.Consumer;

/** The INT8 version that is tried after a training. */
public final class Int8Trial {

    private Int8Trial() {}

    /**
     * Quantizes a version; empty where that fails, of which the notes tell.
     *
     * @throws FoveaException {@code CANCELLED}
     */
    public static Optional<ModelQuantization.VersionQuantization> of(
            JobTools tools, ModelVersion version, QuantizationProgress progress, Consumer<String> notes) {
        QuantizationSpec spec = new QuantizationSpec(
                version.name(), version.number(), "", Optional.empty(), Precision.INT8, AcceptanceCriteria.DEFAULT, "");
        try {
            return Optional.of(new ModelQuantization(tools).run(spec, progress));
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            notes.accept("No INT8 version was made: " + e.getMessage());
            return Optional.empty();
        }
    }
}
