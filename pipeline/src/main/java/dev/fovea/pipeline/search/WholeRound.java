package dev.fovea.pipeline.search;

import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.bar.BarMeasure;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.search.SearchCandidate.CandidateFit;
import dev.fovea.pipeline.search.SearchCandidate.CandidatePrecision;
import dev.fovea.pipeline.search.network.HeldBackImages;
import dev.fovea.pipeline.search.network.LearnedWhole;
import dev.fovea.pipeline.search.network.WholeHalving;
import dev.fovea.pipeline.search.network.WholeNetwork;
import dev.fovea.pipeline.search.network.WholeProgress;
import dev.fovea.pipeline.search.network.WholeSpec;
import dev.fovea.statistics.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The round after the heads, where none of them clears the bar: all weights of the most promising backbones, and of new
 * networks where images are small. They learn from a part of the images. The one that is left by halving is judged on
 * images that were held back.
 */
final class WholeRound {

    /** One network is left; it widens all intervals a little, whether there is one or not. */
    static final int MAX = 1;

    /** The round ends when this share of the time is over. */
    private static final double UNTIL = 0.78;

    /** One of so many parts of the images is held back: the fewest images that can show the bar. */
    private static final int[] PARTS = {5, 4, 3, 2};

    private static final int LEARNED = 2;

    /** Networks without learned weights keep up where images are no larger, in pixels. */
    private static final int SMALL_IMAGES = 96;

    /** Where nothing is known of a backbone's size, a file is about as large as its numbers. */
    private static final int BYTES = Float.BYTES;

    private final JobTools tools;
    private final SearchSpec spec;
    private final SearchImages images;
    private final SearchClock clock;
    private final BarJudge judge;

    WholeRound(JobTools tools, SearchSpec spec, SearchImages images, SearchClock clock, BarJudge judge) {
        this.tools = tools;
        this.spec = spec;
        this.images = images;
        this.clock = clock;
        this.judge = judge;
    }

    /** At most {@value #MAX}. */
    List<JudgedCandidate> run(List<SampledCandidate> sampled) {
        Optional<HeldBackImages> divided = divided();
        if (divided.isEmpty()) {
            clock.note("Whole networks were not trained: a part of %,d images could not show the bar. Add images."
                    .formatted(images.learning().size()));
            return List.of();
        }
        if (clock.until(UNTIL).compareTo(WholeHalving.LEAST.multipliedBy(2)) < 0) {
            clock.note("There was no time to train whole networks. Give more with minutes.");
            return List.of();
        }
        List<WholeNetwork> starts = starts(sampled);
        Map<String, SampledCandidate> known = new LinkedHashMap<>();
        best(sampled).forEach(one -> known.put(one.candidate().backbone(), one));
        return new WholeHalving(
                        tools,
                        new WholeSpec(images.labels(), divided.get(), spec.isBalanced(), spec.seed()),
                        new RoundProgress(clock))
                .run(starts, () -> clock.until(UNTIL))
                .map(left -> List.of(judged(left, known)))
                .orElse(List.of());
    }

    /** The smallest part that shows the bar if all of it is predicted right; it costs images to learn from. */
    private Optional<HeldBackImages> divided() {
        return IntStream.of(PARTS)
                .mapToObj(parts ->
                        HeldBackImages.of(images.learning(), images.labels().size(), parts, spec.seed()))
                .flatMap(Optional::stream)
                .filter(held -> judge.clears(perfect(held)))
                .findFirst();
    }

    private ConfusionMatrix perfect(HeldBackImages held) {
        int[] truths =
                held.judged().stream().mapToInt(image -> image.sample().label()).toArray();
        return ConfusionMatrix.tally(images.labels().size(), truths, truths);
    }

    /** Of each backbone the best whole network at a size that images have, the most promising first. */
    private List<SampledCandidate> best(List<SampledCandidate> sampled) {
        Map<String, SampledCandidate> best = new LinkedHashMap<>();
        sampled.stream()
                .filter(one -> one.candidate().share() >= 1)
                .filter(one -> fits(one.parameters()))
                .sorted(Comparator.comparing(
                                (SampledCandidate one) -> one.candidate().edge() > images.edge())
                        .thenComparing(Comparator.comparingDouble(SampledCandidate::margin)
                                .reversed()))
                .forEach(one -> best.putIfAbsent(one.candidate().backbone(), one));
        return best.values().stream()
                .sorted(Comparator.comparingDouble(SampledCandidate::margin).reversed())
                .toList();
    }

    private List<WholeNetwork> starts(List<SampledCandidate> sampled) {
        Stream<WholeNetwork> learned = best(sampled).stream()
                .limit(LEARNED)
                .map(one -> new WholeNetwork.Learned(
                        backbone(one.candidate().backbone()), one.candidate().edge()));
        Stream<WholeNetwork> fresh = images.edge() > SMALL_IMAGES
                ? Stream.of()
                : Stream.of(Family.RESIDUAL, Family.MOBILE)
                        .map(family -> WholeNetwork.Untrained.small(family, images.edge()));
        List<WholeNetwork> starts = new ArrayList<>(learned.toList());
        starts.addAll(fresh.toList());
        return starts;
    }

    private Backbone backbone(String name) {
        return spec.backbones().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean fits(long parameters) {
        return spec.bar().of(BarMeasure.MeasureKind.SIZE).stream()
                .allMatch(condition -> condition.isMet((double) BYTES * parameters));
    }

    private static JudgedCandidate judged(WholeHalving.JudgedWhole left, Map<String, SampledCandidate> known) {
        LearnedWhole learned = left.network();
        WholeNetwork network = learned.network();
        SearchCandidate candidate = switch (network) {
            case WholeNetwork.Learned(Backbone backbone, int edge) ->
                new SearchCandidate(
                        backbone.name(),
                        Optional.ofNullable(known.get(backbone.name()))
                                .orElseThrow()
                                .candidate()
                                .tensor(),
                        1,
                        edge,
                        CandidatePrecision.FP32,
                        CandidateFit.NETWORK);
            case WholeNetwork.Untrained fresh ->
                new SearchCandidate(fresh.name(), "", 1, fresh.edge(), CandidatePrecision.FP32, CandidateFit.SCRATCH);
        };
        return new JudgedCandidate(
                candidate,
                new CandidateEvidence(CandidateEvidence.EvidenceMethod.HELD_BACK, left.judged()),
                learned.classifier(),
                learned.contract(),
                Map.of("epochs_run", Integer.toString(learned.epochs())),
                Optional.empty(),
                Optional.empty());
    }

    /** Tells how far whole networks have come. */
    private record RoundProgress(SearchClock clock) implements WholeProgress {

        @Override
        public void at(String detail) {
            clock.at(detail);
        }

        @Override
        public void note(String sentence) {
            clock.note(sentence);
        }
    }
}
