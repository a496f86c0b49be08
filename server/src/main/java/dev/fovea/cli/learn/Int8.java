package dev.fovea.cli.learn;

import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.quantize.QuantizationReport;
import java.util.Locale;

/** The INT8 version of one that was just trained. */
public final class Int8 {

    private Int8() {}

    /** What came out, for people. */
    public static String sentence(ModelQuantization.VersionQuantization result) {
        QuantizationReport report = result.verdict().report();
        return result.version()
                .map(version -> String.format(
                        Locale.ROOT,
                        "Registered %s, the INT8 version of %s, as a candidate: %.2f times the size, %.2f times as fast here. %s",
                        version.id(),
                        result.original().id(),
                        report.bytes().ratio(),
                        report.speedUp().ratio().value(),
                        report.judgement().verdict().headline()))
                .orElseGet(() ->
                        "No INT8 version is registered. " + result.refused().orElse(""));
    }
}
