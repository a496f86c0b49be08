package dev.fovea.pipeline.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.bar.BarFeasibility;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.bar.BarMeasure;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.search.SearchCandidate.CandidatePrecision;
import dev.fovea.pipeline.search.SearchRecord.SearchExtent;
import dev.fovea.pipeline.search.SearchRecord.SearchTarget;
import dev.fovea.statistics.Interval;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the smallest network that clears a bar, by successive halving: all candidates on a sample, those that are left
 * on all images to learn from, INT8 networks of those that clear the bar, then latencies of what remains. Every
 * estimate is of images that the candidate was not fitted to; test images are not among them. All intervals together
 * hold with 95 %, because each has a level that is corrected for their number (Bonferroni). The same images, backbones
 * and seed give the same candidates and estimates, as far as the time allows the same ones.
 */
public final class ModelSearch {

    /** Timing ends when this share of the time is over; the rest is for the test images and the registration. */
    private static final double TIMED = 0.92;

    /** The same where none clears the qualities; the rest is for the diagnosis. */
    private static final double TIMED_IN_VAIN = 0.82;

    private static final int MAX_TIMED = 10;

    private final JobTools tools;
    private final SearchSpec spec;
    private final SearchImages images;
    private final SearchClock clock;

    /** @param start of the budget, in nanoseconds of {@link System#nanoTime} */
    public ModelSearch(JobTools tools, SearchSpec spec, SearchImages images, SearchProgress progress, long start) {
        this.tools = tools;
        this.spec = spec;
        this.images = images;
        this.clock = new SearchClock(start, spec.budget(), progress);
    }

    /**
     * Searches.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for a bar that names unknown classes, {@code DATASET_INVALID} for
     *     images that cannot show it, {@code DEADLINE_EXCEEDED} where the time is over before the first candidate,
     *     {@code CANCELLED}
     */
    public SearchOutcome run() {
        spec.bar().requireClasses(images.labels());
        BarFeasibility.require(spec.bar(), images.labels(), images.counts());
        requireTime();
        SampleRound.Sampled sampled = new SampleRound(
                        tools, spec, images, clock, new BarJudge(spec.bar(), images.labels(), Interval.DEFAULT_LEVEL))
                .run();
        ContenderChoice.Chosen chosen =
                ContenderChoice.of(sampled.candidates(), spec.bar().of(BarMeasure.MeasureKind.SIZE));
        int looks = chosen.candidates().size() + WholeRound.MAX + Int8Round.MAX;
        BarJudge judge = new BarJudge(spec.bar(), images.labels(), level(looks));
        List<JudgedCandidate> contenders =
                new ArrayList<>(new FullRound(tools, spec, images, clock, judge).run(chosen));
        if (contenders.stream().noneMatch(one -> judge.clears(one.evidence().confusion()))) {
            contenders.addAll(new WholeRound(tools, spec, images, clock, judge).run(sampled.candidates()));
        }
        contenders.addAll(new Int8Round(tools, spec, images, clock, judge).run(contenders));
        double load = load();
        List<JudgedCandidate> timed = timed(contenders, judge);
        load = Math.max(load, load());
        SearchTable table = new SearchTable(judge, timed);
        SearchExtent extent = new SearchExtent(
                images.learning().size(),
                images.labels().size(),
                Math.min(images.learning().size(), (int)
                        sampled.candidates().getFirst().evidence().images()),
                spec.backbones().stream().map(Backbone::name).toList(),
                left(sampled),
                clock.seconds(),
                load < 0 ? Optional.empty() : Optional.of(load));
        SearchRecord record = new SearchRecord(
                new SearchTarget(
                        spec.bar().toString(),
                        judge.level(),
                        looks,
                        spec.budget().toMillis() / 60_000.0,
                        spec.seed()),
                extent,
                table.rows(sampled.candidates()),
                table.winner().map(winner -> winner.candidate().name()),
                table.winner().isPresent()
                        ? Optional.empty()
                        : table.best()
                                .map(best -> new SearchRecord.BestCandidate(
                                        best.candidate().name(),
                                        table.attained(best).map(Bar::toString))),
                Optional.empty(),
                SearchSentences.of(
                        judge, table, timed.size(), sampled.candidates().size(), extent));
        return new SearchOutcome(
                spec.bar(), images.labels(), record, table.winner().map(ModelSearch::winner), table.missedQuality());
    }

    /** The level of two-sided intervals whose lower ends all hold together with 95 %. */
    private static double level(int looks) {
        return 1 - 2 * (1 - Interval.DEFAULT_LEVEL) / Math.max(1, looks);
    }

    private void requireTime() {
        if (clock.isPast(1)) {
            throw new FoveaException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The time of the search, %d s, was over when the images were read, before a candidate was tried. Give more with minutes: 2 or more for a few hundred images, 10 for some thousand."
                            .formatted(spec.budget().toSeconds()));
        }
    }

    private static List<String> left(SampleRound.Sampled sampled) {
        return Stream.concat(
                        sampled.untried().stream().map(pass -> pass + " (no time left)"), sampled.failed().stream())
                .toList();
    }

    /** What clears the qualities, the smallest first, then what comes closest; the others stay without a latency. */
    private List<JudgedCandidate> timed(List<JudgedCandidate> contenders, BarJudge judge) {
        List<JudgedCandidate> ordered = contenders.stream()
                .sorted(Comparator.comparing((JudgedCandidate one) ->
                                !judge.clears(one.evidence().confusion()))
                        .thenComparing(one -> judge.clears(one.evidence().confusion())
                                ? (double) one.bytes()
                                : -judge.margin(one.evidence().confusion())))
                .toList();
        int count = Math.min(MAX_TIMED, ordered.size());
        boolean clears =
                contenders.stream().anyMatch(one -> judge.clears(one.evidence().confusion()));
        List<JudgedCandidate> timed = new ArrayList<>(new LatencyTrial(tools, images, clock, spec.seed())
                .measured(ordered.subList(0, count), clears ? TIMED : TIMED_IN_VAIN));
        timed.addAll(ordered.subList(count, ordered.size()));
        return timed;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static SearchOutcome.SearchWinner winner(JudgedCandidate winner) {
        Map<String, String> described = new TreeMap<>(winner.candidate().described());
        described.putAll(winner.learned());
        if (winner.candidate().precision() == CandidatePrecision.INT8) {
            described.put("precision", "int8");
        }
        return new SearchOutcome.SearchWinner(winner.classifier(), winner.contract(), described);
    }
}
