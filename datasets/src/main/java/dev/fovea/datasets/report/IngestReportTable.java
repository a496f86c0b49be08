package dev.fovea.datasets.report;

import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.IngestReport.Group;
import dev.fovea.datasets.IngestReport.Member;
import dev.fovea.imaging.quality.QualityFlag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report as plain text for a terminal: findings, counts, files and handling. */
public final class IngestReportTable {

    private final StringBuilder text = new StringBuilder();
    private final int maxExamples;

    private IngestReportTable(int maxExamples) {
        this.maxExamples = maxExamples;
    }

    /** The report with a maximum number of files per kind of finding; the JSON names all. */
    public static String write(IngestReport report, int maxExamples) {
        IngestReportTable table = new IngestReportTable(maxExamples);
        table.line("%,d files in %s: %,d images, %,d kept"
                .formatted(
                        report.counts().files(),
                        report.folder(),
                        report.counts().images(),
                        report.counts().kept()));
        if (!report.datasetVersion().equals(report.folder())) {
            table.line("image list " + report.datasetVersion());
        }
        table.balance(report.counts().balance());
        table.findings(report);
        report.warnings().forEach(warning -> table.line("warning: " + warning));
        return table.text.toString();
    }

    private void balance(Map<String, Map<String, Integer>> balance) {
        TreeSet<String> splits = new TreeSet<>();
        balance.values().forEach(counts -> splits.addAll(counts.keySet()));
        int width = Math.max(
                5, balance.keySet().stream().mapToInt(String::length).max().orElse(0));
        String cell = "  %12s";
        line("");
        line(pad("class", width) + splits.stream().map(cell::formatted).collect(Collectors.joining()));
        balance.forEach((label, counts) -> line(pad(label, width)
                + splits.stream()
                        .map(split -> cell.formatted(counts.getOrDefault(split, 0)))
                        .collect(Collectors.joining())));
        line("");
    }

    private void findings(IngestReport report) {
        finding("corrupt or unreadable", "dropped", report.files().refused(), it -> it.path() + "  " + it.code());
        finding("wrong extension", "kept", report.files().wrongExtensions(), it -> it.path() + "  is " + it.format());
        finding("conflicting labels", "dropped", report.duplicates().conflicts(), IngestReportTable::labelled);
        finding("exact duplicates", "kept once", agreeing(report.duplicates().exact()), IngestReportTable::paths);
        finding("near duplicates", "kept together", report.duplicates().near(), IngestReportTable::paths);
        finding("similar, labels differ", "kept", report.duplicates().doubtful(), IngestReportTable::labelled);
        finding("leakage across splits", "dropped", report.duplicates().leaks(), IngestReportTable::leak);
        for (QualityFlag flag : QualityFlag.values()) {
            finding(
                    flag.label().replace('_', ' '),
                    "kept",
                    report.quality().of(flag),
                    it -> String.format(Locale.ROOT, "%s  %.4g", it.path(), it.value()));
        }
        finding("not images", "skipped", report.files().skipped(), it -> it.path() + "  " + it.reason());
    }

    private <T> void finding(String what, String fate, List<T> found, Function<T, String> words) {
        line("%s  %6d  %s"
                .formatted(pad(what, 22), found.size(), found.isEmpty() ? "" : fate)
                .stripTrailing());
        found.stream().limit(maxExamples).map(words).forEach(it -> line("    " + it));
        if (found.size() > maxExamples) {
            line("    … and %,d more".formatted(found.size() - maxExamples));
        }
    }

    private static List<Group> agreeing(List<Group> groups) {
        return groups.stream().filter(group -> !group.conflicting()).toList();
    }

    private static String leak(IngestReport.Leak leak) {
        return "%s  %s %s"
                .formatted(
                        leak.dropped().path(),
                        leak.exact() ? "is" : "looks like",
                        leak.twin().path());
    }

    private static String paths(Group group) {
        return group.members().stream().map(Member::path).collect(Collectors.joining("  =  "));
    }

    private static String labelled(Group group) {
        return group.members().stream()
                .map(member -> "%s (%s)".formatted(member.path(), member.label()))
                .collect(Collectors.joining("  =  "));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
