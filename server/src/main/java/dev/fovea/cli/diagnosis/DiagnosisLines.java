package dev.fovea.cli.diagnosis;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.diagnosis.CurveFigures;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.diagnosis.DiagnosisFinding;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A diagnosis for the terminal: the verdict, what was found, and the learning curve. */
public final class DiagnosisLines {

    private DiagnosisLines() {}

    /** Lines and tables, the most important first. */
    public static List<String> of(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>(List.of(diagnosis.verdict()));
        int number = 1;
        for (DiagnosisFinding finding : diagnosis.findings()) {
            lines.add("");
            lines.add("%d. %s".formatted(number++, finding.sentence()));
            lines.add("   → " + finding.remedy());
            finding.examples().forEach(example -> lines.add("     " + example));
        }
        diagnosis.curve().ifPresent(curve -> {
            lines.add("");
            lines.add(table(diagnosis, curve));
        });
        lines.addAll(diagnosis.notes());
        return lines;
    }

    private static String table(Diagnosis diagnosis, CurveFigures curve) {
        String measure = diagnosis.target().substring(0, diagnosis.target().indexOf(' '));
        TextTable table = new TextTable("IMAGES OF EACH CLASS", measure.toUpperCase(Locale.ROOT), "95 %", "");
        curve.points().forEach(point -> row(table, point, "measured"));
        curve.expected().forEach(point -> row(table, point, "expected"));
        return table.toString();
    }

    private static void row(TextTable table, CurveFigures.CurvePoint point, String kind) {
        Interval score = point.score();
        table.row(
                String.format(Locale.ROOT, "%,d", Math.round(point.imagesPerClass())),
                String.format(Locale.ROOT, "%.3f", score.value()),
                String.format(Locale.ROOT, "%.3f–%.3f", score.low(), score.high()),
                kind);
    }
}
