package dev.fovea.pipeline.advice;

import dev.fovea.pipeline.advice.Advice.CostLine;
import dev.fovea.pipeline.advice.Advice.RankedWay;
import dev.fovea.pipeline.advice.PilotResult.PilotContender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Advice as Markdown, which reads as plain text too. Pure. */
public final class AdviceText {

    private AdviceText() {}

    /** The whole document. */
    public static String markdown(Advice advice) {
        List<String> lines = new ArrayList<>(List.of("# Which way", "", advice.recommendation()));
        advice.move().ifPresent(move -> lines.addAll(List.of("", move)));
        ways(advice, lines);
        evidence(advice, lines);
        costs(advice, lines);
        risks(advice, lines);
        assumptions(advice, lines);
        return String.join("\n", lines) + "\n";
    }

    private static void ways(Advice advice, List<String> lines) {
        lines.addAll(List.of("", "## Ways", ""));
        List<String> heading = new ArrayList<>(List.of("Way", "", "In days", "Total"));
        Stream.of(Criterion.values())
                .map(each -> "%s (× %s)"
                        .formatted(each.word(), number(advice.weights().getOrDefault(each, 0.0))))
                .forEach(heading::add);
        List<List<String>> rows = new ArrayList<>();
        for (RankedWay way : advice.ways()) {
            List<String> row = new ArrayList<>(List.of(
                    way.way().title(),
                    way.isOpen() ? way.way().sourcing() : "ruled out",
                    String.format(Locale.ROOT, "%.0f", Math.ceil(way.days())),
                    score(way.total())));
            Stream.of(Criterion.values())
                    .map(each -> score(way.scores().getOrDefault(each, 0.0)))
                    .forEach(row::add);
            rows.add(row);
        }
        table(lines, heading, rows);
        lines.add("");
        lines.add(
                "Scores are from 0 to 1; the total is their mean by weight. Change weights with --weight accuracy=3.");
        List<RankedWay> out =
                advice.ways().stream().filter(way -> !way.isOpen()).toList();
        if (!out.isEmpty()) {
            lines.addAll(List.of("", "## Ruled out", ""));
            out.forEach(way -> lines.add("- %s: %s".formatted(way.way().title(), String.join(" ", way.ruledOut()))));
        }
    }

    private static void evidence(Advice advice, List<String> lines) {
        lines.addAll(List.of("", "## Evidence", ""));
        if (advice.pilot().isEmpty()) {
            lines.add(
                    "Nothing was measured: scores of accuracy are a rule of thumb. Measure on your own images with --pilot FOLDER.");
            return;
        }
        PilotResult pilot = advice.pilot().get();
        List<List<String>> rows = new ArrayList<>();
        for (PilotContender contender : pilot.contenders()) {
            rows.add(List.of(
                    contender.name(),
                    String.format(
                            Locale.ROOT,
                            "%.1f %% (%.1f–%.1f %%)",
                            100 * contender.accuracy().value(),
                            100 * contender.accuracy().low(),
                            100 * contender.accuracy().high()),
                    Integer.toString(contender.failed()),
                    contender
                            .milliseconds()
                            .map(each -> String.format(Locale.ROOT, "%.0f", each))
                            .orElse("–"),
                    contender.cost().orElse("–")));
        }
        table(lines, List.of("On %d images".formatted(pilot.images()), "Right", "Failed", "ms", "Cost"), rows);
        pilot.notes().forEach(note -> lines.add("\n" + note));
    }

    private static void costs(Advice advice, List<String> lines) {
        lines.addAll(List.of("", "## Costs", ""));
        List<List<String>> rows = new ArrayList<>();
        for (CostLine line : advice.costs().byWay()) {
            rows.add(List.of(
                    line.way().title(),
                    money(line.cost().setup()),
                    money(line.cost().perMonth()),
                    String.format(Locale.ROOT, "%.3f", line.cost().perThousand()),
                    money(line.total()),
                    money(line.totalTenfold())));
        }
        table(
                lines,
                List.of(
                        "Way",
                        "Once",
                        "Each month",
                        "1,000 images",
                        "%d months, %,d images each"
                                .formatted(
                                        advice.costs().months(),
                                        advice.situation().volume()),
                        "Ten times the images"),
                rows);
        lines.add("");
        advice.costs().breakEvens().forEach(each -> lines.add("- " + each));
    }

    private static void risks(Advice advice, List<String> lines) {
        lines.addAll(List.of("", "## Risks", ""));
        for (RankedWay way : advice.ways()) {
            if (way.isOpen()) {
                way.risks()
                        .forEach(
                                risk -> lines.add("- %s: %s".formatted(way.way().title(), risk)));
            }
        }
    }

    private static void assumptions(Advice advice, List<String> lines) {
        CostAssumptions prices = advice.assumptions();
        lines.addAll(List.of(
                "",
                "## Assumptions",
                "",
                "Prices are in one currency. Those that you did not state are assumptions of December 2026, and nobody's quote (--price api-price=2).",
                ""));
        table(
                lines,
                List.of("Assumption", "Value"),
                List.of(
                        List.of("api-price, for 1,000 images", number(prices.apiPerThousand())),
                        List.of("label-price, of one label", number(prices.labelPerImage())),
                        List.of("day-rate, of one person", number(prices.dayOfWork())),
                        List.of("machine-price, a month", number(prices.machinePerMonth())),
                        List.of("images-per-machine, a month", number(prices.imagesPerMachine())),
                        List.of("supplier-price, once", number(prices.supplierSetup())),
                        List.of("upkeep-days, a month", number(prices.upkeepDays())),
                        List.of("unsure-share, that a blend sends to the service", number(prices.unsureShare())),
                        List.of("labelled images of each class for a head", Integer.toString(WayFacts.HEAD_IMAGES)),
                        List.of(
                                "labelled images of each class from scratch",
                                Integer.toString(WayFacts.SCRATCH_IMAGES))));
    }

    private static void table(List<String> lines, List<String> heading, List<List<String>> rows) {
        int[] widths = new int[heading.size()];
        Stream.concat(Stream.of(heading), rows.stream()).forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        lines.add(row(heading, widths));
        StringBuilder rule = new StringBuilder("|");
        for (int width : widths) {
            rule.append("-".repeat(width + 2)).append('|');
        }
        lines.add(rule.toString());
        rows.forEach(each -> lines.add(row(each, widths)));
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ')
                    .append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(" |");
        }
        return line.toString();
    }

    private static String score(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String money(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }
}
