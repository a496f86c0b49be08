package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.quantize.LayerReport;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.quantize.search.TriedQuantization;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A quantization report as a person reads it. */
final class QuantizationText {

    private static final int MOST_TRIED = 5;
    private static final int MOST_SENSITIVE = 5;

    private QuantizationText() {}

    static String of(QuantizationReport report) {
        return String.join(
                "\n\n", facts(report).toString(), tried(report.tried()).toString(), layers(report) + rest(report));
    }

    private static TextTable facts(QuantizationReport report) {
        return new TextTable("", "ORIGINAL", report.precision().toUpperCase(Locale.ROOT), "")
                .row(
                        "size",
                        megabytes(report.bytes().original()),
                        megabytes(report.bytes().quantized()),
                        String.format(Locale.ROOT, "%.2f ×", report.bytes().ratio()))
                .row(
                        "one image, one thread",
                        String.format(Locale.ROOT, "%.2f ms", report.speedUp().baselineMs()),
                        String.format(Locale.ROOT, "%.2f ms", report.speedUp().candidateMs()),
                        String.format(
                                Locale.ROOT,
                                "%.2f times as fast (%.2f to %.2f)",
                                report.speedUp().ratio().value(),
                                report.speedUp().ratio().low(),
                                report.speedUp().ratio().high()))
                .row("answers", "", "", report.judgement().sentence())
                .row(
                        "layers in integers",
                        "",
                        report.integerLayers() + " of " + report.layers().size(),
                        report.setting());
    }

    private static TextTable tried(List<TriedQuantization> tried) {
        TextTable table = new TextTable("TRIED", "NOISE IN THE OUTPUTS, ON IMAGES IT LEARNED FROM");
        tried.stream()
                .limit(MOST_TRIED)
                .forEach(one -> table.row(one.what(), String.format(Locale.ROOT, "%.3f %%", 100 * one.error())));
        return table;
    }

    /** Those in float, and those that cost most. */
    private static TextTable layers(QuantizationReport report) {
        TextTable table = new TextTable("LAYER", "OPERATOR", "RUNS IN", "NOISE WHEN IT ALONE IS QUANTIZED", "");
        List<LayerReport> sensitive = report.layers().stream()
                .sorted(Comparator.comparingDouble(
                        (LayerReport layer) -> -layer.sensitivity().orElse(0.0)))
                .limit(MOST_SENSITIVE)
                .toList();
        for (LayerReport layer : report.layers()) {
            if (!layer.integer() || sensitive.contains(layer)) {
                table.row(
                        layer.name(),
                        layer.operator(),
                        layer.integer() ? "integers" : "float",
                        layer.sensitivity()
                                .map(noise -> String.format(Locale.ROOT, "%.4f %%", 100 * noise))
                                .orElse("–"),
                        layer.reason().orElse(""));
            }
        }
        return table;
    }

    private static String rest(QuantizationReport report) {
        long quiet = report.integerLayers() - MOST_SENSITIVE;
        return quiet <= 0 ? "" : "%n%d more run in integers, with less noise; all are in --json".formatted(quiet);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }
}
