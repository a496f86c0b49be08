package dev.fovea.pipeline.search;

import dev.fovea.pipeline.bar.BarJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The result of a search for people, the most important first. Pure. */
final class SearchSentences {

    private static final double MEGABYTE = 1e6;
    private static final double CORES_BUSY = 1;

    private SearchSentences() {}

    static List<String> of(
            BarJudge judge, SearchTable table, int judged, int sampled, SearchRecord.SearchExtent extent) {
        List<String> sentences = new ArrayList<>();
        table.winner()
                .ifPresentOrElse(
                        winner -> cleared(judge, table, winner, judged, sentences),
                        () -> missed(judge, table, judged, sentences));
        sentences.add(
                "%,d candidates were judged on a sample of %,d images, and %,d of them on all %,d; none has seen a test image. The lower ends of all intervals hold together with 95 %%."
                        .formatted(sampled, extent.sample(), judged, extent.images()));
        extent.load()
                .filter(load -> load > Runtime.getRuntime().availableProcessors() + CORES_BUSY)
                .ifPresent(load -> sentences.add(String.format(
                        Locale.ROOT,
                        "The machine was busy with other work while latencies were measured (load %.1f on %d cores): they are longer than on a quiet one.",
                        load,
                        Runtime.getRuntime().availableProcessors())));
        if (!extent.left().isEmpty()) {
            sentences.add("Not tried: %s.".formatted(String.join("; ", extent.left())));
        }
        return sentences;
    }

    private static void cleared(
            BarJudge judge, SearchTable table, JudgedCandidate winner, int judged, List<String> sentences) {
        int cleared = table.cleared().size();
        sentences.add("%s clears the bar with 95 %% confidence and is the smallest that does: %s%s."
                .formatted(winner.candidate().name(), size(winner.bytes()), latency(winner)));
        String next = table.nextSmaller()
                .map(other -> " The next smaller one, %s with %s, does not: %s."
                        .formatted(
                                other.candidate().name(),
                                size(other.bytes()),
                                table.missed(other).getFirst()))
                .orElse(" No smaller one was judged.");
        sentences.add("Chosen because %d of %d candidates clear %s and this is the smallest; %s in %s of %,d images.%s"
                .formatted(
                        cleared,
                        judged,
                        judge.bar(),
                        table.figures(winner),
                        winner.evidence().method().words(),
                        winner.evidence().images(),
                        next));
    }

    private static void missed(BarJudge judge, SearchTable table, int judged, List<String> sentences) {
        Optional<JudgedCandidate> best = table.best();
        if (best.isEmpty()) {
            sentences.add("Nothing was judged on all images: the time was too short. Give more with minutes.");
            return;
        }
        sentences.add("None of %d candidates clears the bar (%s) with 95 %% confidence, so that nothing is registered."
                .formatted(judged, judge.bar()));
        sentences.add("The best is %s (%s%s): %s."
                .formatted(
                        best.get().candidate().name(),
                        size(best.get().bytes()),
                        latency(best.get()),
                        String.join(", ", table.missed(best.get()))));
        table.attained(best.get())
                .ifPresent(bar -> sentences.add(
                        "Register it anyway, or a smaller one, by the bar that it clears: %s. Features are cached, so that another search tries more."
                                .formatted(bar)));
    }

    static String size(long bytes) {
        return bytes < MEGABYTE
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    private static String latency(JudgedCandidate one) {
        return one.latency()
                .map(time -> String.format(
                        Locale.ROOT,
                        ", %.1f ms an image (p99 %.1f ms in %d runs)",
                        time.p50Ms(),
                        time.p99Ms(),
                        time.runs()))
                .orElse("");
    }
}
