package dev.fovea.cli.data;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.labels.wrong.ClassDecisions;
import dev.fovea.labels.wrong.ClassNoise;
import dev.fovea.labels.wrong.ConfirmedBoxes;
import dev.fovea.labels.wrong.NamedBox;
import dev.fovea.labels.wrong.SuspectBox;
import dev.fovea.labels.wrong.SuspectClass;
import dev.fovea.labels.wrong.SuspectLabel;
import dev.fovea.labels.wrong.WrongBoxReport;
import dev.fovea.labels.wrong.WrongClassReport;
import dev.fovea.labels.wrong.WrongLabelReport;
import dev.fovea.pipeline.curation.DatasetVerdict;
import dev.fovea.pipeline.curation.LabelFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Suspect labels as tables.
 *
 * @param source gives the source of an image by its hash
 * @param shown number of suspects to list
 */
record SuspectTables(UnaryOperator<String> source, int shown) {

    private static final int SHORT = 12;

    List<TextTable> of(LabelFindings findings) {
        return switch (findings) {
            case LabelFindings.SingleClass(WrongLabelReport report) -> oneLabel(report);
            case LabelFindings.SeveralClasses(WrongClassReport report) -> severalLabels(report);
            case LabelFindings.Boxes boxes -> boxes(boxes.report());
            case LabelFindings.NotJudged _ -> List.of();
        };
    }

    private List<TextTable> oneLabel(WrongLabelReport report) {
        List<TextTable> tables = new ArrayList<>();
        if (DatasetVerdict.isEstimated(report.accuracy())) {
            TextTable classes = new TextTable("CLASS", "IMAGES", "WRONG", "REVIEW TO FIND HALF");
            for (ClassNoise each : report.classes()) {
                classes.row(
                        each.label(),
                        number(each.images()),
                        DatasetVerdict.percent(each.share()),
                        number(each.reviewToHalve()));
            }
            tables.add(classes);
        }
        TextTable table = new TextTable("SUSPECT", "IMAGE", "LABEL", "LIKELY", "SCORE");
        for (SuspectLabel suspect : first(report.suspects())) {
            table.row(
                    suspect.image().substring(0, SHORT),
                    source.apply(suspect.image()),
                    suspect.given(),
                    suspect.likely(),
                    score(suspect.wrong()));
        }
        tables.add(table);
        return tables;
    }

    private List<TextTable> severalLabels(WrongClassReport report) {
        TextTable classes = new TextTable(
                "CLASS", "IMAGES", "WRONG", "SHOULD NOT HAVE IT", "SHOULD HAVE IT", "REVIEW TO FIND HALF");
        for (ClassDecisions each : report.classes()) {
            boolean isEstimated = DatasetVerdict.isEstimated(each.accuracy());
            classes.row(
                    each.label(),
                    number(each.images()),
                    isEstimated ? DatasetVerdict.percent(each.share()) : "cannot be said",
                    isEstimated ? DatasetVerdict.percent(each.extra()) : "",
                    isEstimated ? DatasetVerdict.percent(each.missing()) : "",
                    isEstimated ? number(each.reviewToHalve()) : "");
        }
        TextTable table = new TextTable("SUSPECT", "IMAGE", "CLASS", "LABELLED", "SCORE");
        for (SuspectClass suspect : first(report.suspects())) {
            table.row(
                    suspect.image().substring(0, SHORT),
                    source.apply(suspect.image()),
                    suspect.label(),
                    suspect.given() ? "with it" : "without it",
                    score(suspect.wrong()));
        }
        return List.of(classes, table);
    }

    private List<TextTable> boxes(WrongBoxReport report) {
        TextTable classes = new TextTable("CLASS", "BOXES", "CONFIRMED");
        for (ConfirmedBoxes each : report.classes()) {
            classes.row(each.label(), number(each.boxes()), DatasetVerdict.percent(each.share()));
        }
        TextTable table = new TextTable("SUSPECT", "IMAGE", "WRONG", "LABEL", "LIKELY", "SUSPICION");
        for (SuspectBox suspect : first(report.suspects())) {
            table.row(
                    suspect.image().substring(0, SHORT),
                    source.apply(suspect.image()),
                    suspect.kind().toString(),
                    box(suspect.given()),
                    box(suspect.likely()),
                    score(suspect.suspicion()));
        }
        return List.of(classes, table);
    }

    private <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(shown, all.size()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String score(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    private static String box(Optional<NamedBox> box) {
        return box.map(each -> String.format(
                        Locale.ROOT,
                        "%s at %.0f,%.0f %.0f×%.0f",
                        each.label(),
                        each.x(),
                        each.y(),
                        each.width(),
                        each.height()))
                .orElse("");
    }
}
