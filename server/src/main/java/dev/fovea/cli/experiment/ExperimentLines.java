package dev.fovea.cli.experiment;

import dev.fovea.api.view.ExperimentViews;
import dev.fovea.api.view.ExperimentViews.ExperimentComparisonView;
import dev.fovea.api.view.ExperimentViews.ExperimentView;
import dev.fovea.api.view.ExperimentViews.VariantView;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.rollout.experiment.ExperimentText;
import dev.fovea.rollout.experiment.ValueCounts;
import java.util.Locale;

/** Experiments in words and tables. */
final class ExperimentLines {

    private ExperimentLines() {}

    static String of(Experiment experiment, ExperimentSums sums) {
        ExperimentView view = ExperimentViews.of(experiment, sums);
        StringBuilder text = new StringBuilder();
        text.append("%s: %s%n".formatted(experiment.model(), view.progress().text()));
        text.append(variants(view)).append(System.lineSeparator());
        if (!view.comparisons().isEmpty()) {
            text.append(comparisons(view)).append(System.lineSeparator());
        }
        ValueCounts values = view.values();
        return text.append("values of %s: %,d counted, %,d late, %,d unknown, %,d waiting, %,d repeated"
                        .formatted(
                                view.design().metric().figure(),
                                values.counted(),
                                values.late(),
                                values.unknown(),
                                values.waiting(),
                                values.repeated()))
                .toString();
    }

    private static TextTable variants(ExperimentView view) {
        TextTable table = new TextTable("VERSION", "SHARE", "UNITS", "SETTLED", "FALLBACKS", "MEAN");
        for (VariantView variant : view.variants()) {
            table.row(
                    variant.version() == view.control()
                            ? variant.version() + " (production)"
                            : Integer.toString(variant.version()),
                    ExperimentText.number(variant.percent()) + " %",
                    count(variant.units()),
                    count(variant.settled()),
                    count(variant.fallbacks()),
                    variant.mean().map(ExperimentText::number).orElse("–"));
        }
        return table;
    }

    private static TextTable comparisons(ExperimentView view) {
        TextTable table = new TextTable("VERSION", "LESS", "DIFFERENCE", "FROM", "TO");
        for (ExperimentComparisonView pair : view.comparisons()) {
            table.row(
                    pair.version(),
                    pair.against(),
                    ExperimentText.number(pair.difference()),
                    ExperimentText.number(pair.low()),
                    ExperimentText.number(pair.high()));
        }
        return table;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
