package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.quantization.QuantizationSpec;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.registry.ModelVersion;
import java.util.Locale;
import java.util.Optional;

/** The INT8 version of one that was just trained. */
public final class Int8 {

    private Int8() {}

    /** Quantizes on the images that it was trained on; where that is not possible, says why and gives nothing. */
    public static Optional<ModelQuantization.Result> tried(JobTools workshop, ModelVersion trained, Terminal terminal) {
        QuantizationSpec order = new QuantizationSpec(
                trained.name(), trained.number(), "", Precision.INT8, AcceptanceCriteria.DEFAULT, "");
        try {
            return Optional.of(new ModelQuantization(workshop)
                    .run(
                            order,
                            (step, done, of) -> terminal.progress(
                                    "int8: " + step, (double) done / of, Optional.empty(), done + " of " + of)));
        } catch (FoveaException e) {
            terminal.note("No INT8 version was tried: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What came out, for people. */
    public static String sentence(ModelQuantization.Result result) {
        QuantizationReport report = result.verdict().report();
        return result.version()
                .map(version -> String.format(
                        Locale.ROOT,
                        "Registered %s, the INT8 version of %s, as a candidate: %.2f times the size, %.2f times as fast here. %s",
                        version.id(),
                        result.original().id(),
                        (double) report.quantizedBytes() / report.originalBytes(),
                        report.speedUp().ratio().value(),
                        report.judgement().verdict().headline()))
                .orElseGet(() ->
                        "No INT8 version is registered. " + result.refused().orElse(""));
    }
}
