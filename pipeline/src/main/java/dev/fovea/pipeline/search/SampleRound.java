package dev.fovea.pipeline.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.head.CutBackbone;
import dev.fovea.pipeline.head.HeadlessNetwork;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.search.CandidateEvidence.EvidenceMethod;
import dev.fovea.pipeline.search.SearchCandidate.CandidateFit;
import dev.fovea.pipeline.search.SearchCandidate.CandidatePrecision;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first round: every backbone at every size and cut, each judged by cross-validation of a sample. Passes are spread
 * over all costs, and what would take longer than there is time for is left out.
 */
final class SampleRound {

    /** Images of the sample. */
    static final int SAMPLE = 300;

    /** The round ends when this share of the time is over. */
    private static final double UNTIL = 0.3;

    private static final double[] SCALES = {1, Math.sqrt(0.5), 0.5, Math.sqrt(0.125)};
    private static final int MULTIPLE = 32;
    private static final int MIN_EDGE = 64;

    private final JobTools tools;
    private final SearchSpec spec;
    private final SearchImages sample;
    private final SearchClock clock;
    private final BarJudge judge;

    SampleRound(JobTools tools, SearchSpec spec, SearchImages images, SearchClock clock, BarJudge judge) {
        this.tools = tools;
        this.spec = spec;
        this.sample = images.sample(SAMPLE, spec.seed());
        this.clock = clock;
        this.judge = judge;
    }

    /** A backbone at one size. */
    private record Pass(Backbone backbone, int edge) {

        double cost() {
            return (double) backbone.model().size() * edge * edge;
        }
    }

    /**
     * What came of the round.
     *
     * @param candidates that were judged
     * @param failed why a backbone cannot be used at a size, in sentences
     * @param untried passes that there was no time for
     */
    record Sampled(List<SampledCandidate> candidates, List<String> failed, List<String> untried) {}

    /** Judges as many as there is time for; at least one. */
    Sampled run() {
        List<SampledCandidate> candidates = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        Optional<FoveaException> noise = Optional.empty();
        double least = Double.MAX_VALUE;
        for (Pass pass : passes()) {
            double expected = least == Double.MAX_VALUE ? 0 : least * pass.cost();
            if (!candidates.isEmpty() && expected >= clock.until(UNTIL).toNanos() / 1e9) {
                untried.add("%s at %d px".formatted(pass.backbone().name(), pass.edge()));
                continue;
            }
            double begun = clock.seconds();
            try {
                CutBackbone cuts = CutBackbone.open(tools, pass.backbone(), pass.edge());
                Optional<FoveaException> found = judged(pass, cuts, candidates);
                noise = noise.isPresent() ? noise : found;
                least = Math.min(least, (clock.seconds() - begun) / pass.cost());
            } catch (FoveaException e) {
                if (e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.IMAGE_CHANGED) {
                    throw e;
                }
                failed.add("%s at %d px: %s".formatted(pass.backbone().name(), pass.edge(), e.getMessage()));
            }
        }
        if (candidates.isEmpty()) {
            throw noise.orElseGet(() -> new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "No backbone can be used. %s".formatted(String.join(" ", failed))));
        }
        return new Sampled(candidates, failed, untried);
    }

    private Optional<FoveaException> judged(Pass pass, CutBackbone cuts, List<SampledCandidate> candidates) {
        String where = "%s at %d px".formatted(pass.backbone().name(), pass.edge());
        double begun = clock.seconds();
        FeatureMatrix all = cuts.features(
                sample.learning(),
                (done, total) -> clock.at("%s: features of %,d of %,d images".formatted(where, done, total)));
        int images = sample.learning().size();
        double features = (clock.seconds() - begun) / images;
        Optional<FoveaException> noise = Optional.empty();
        int classes = sample.labels().size();
        for (int cut = 0; cut < cuts.cuts().size(); cut++) {
            clock.at("%s: cut %d of %d".formatted(where, cut + 1, cuts.cuts().size()));
            HeadlessNetwork network = cuts.at(cut);
            double fitting = clock.seconds();
            try {
                CandidateEvidence evidence = new CandidateEvidence(
                        EvidenceMethod.SAMPLE,
                        network.fit(cuts.features(all, cut), sample.learning(), classes, false, spec.seed())
                                .outOfFold());
                candidates.add(new SampledCandidate(
                        new SearchCandidate(
                                pass.backbone().name(),
                                cuts.cuts().get(cut).tensor().name(),
                                cuts.share(cut),
                                pass.edge(),
                                CandidatePrecision.FP32,
                                CandidateFit.HEAD),
                        cut,
                        evidence,
                        cuts.cuts().get(cut).parameters() + (long) classes * (network.length() + 1),
                        judge.margin(evidence.confusion()),
                        new SampledCandidate.SampleCost(features, (clock.seconds() - fitting) / images)));
            } catch (FoveaException e) {
                if (e.code() != ErrorCode.DATASET_INVALID) {
                    throw e;
                }
                noise = noise.isPresent() ? noise : Optional.of(e);
            }
        }
        return noise;
    }

    private List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (Backbone backbone : spec.backbones()) {
            edges(CutBackbone.edge(backbone)).forEach(edge -> passes.add(new Pass(backbone, edge)));
        }
        passes.sort(Comparator.comparingDouble(Pass::cost));
        return spread(passes);
    }

    /** The first, then those in the middle of what is left, so that any time spans all costs. */
    static <T> List<T> spread(List<T> sorted) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, sorted.size() - 1));
        List<T> spread = new ArrayList<>();
        for (int i = 0; i < 1 << bits; i++) {
            int at = Integer.reverse(i) >>> (Integer.SIZE - bits);
            if (at < sorted.size()) {
                spread.add(sorted.get(at));
            }
        }
        return spread;
    }

    /** A backbone's own size and smaller ones. Networks that halve five times keep their padding at multiples of 32. */
    static Set<Integer> edges(int own) {
        Set<Integer> edges = new LinkedHashSet<>();
        for (double scale : SCALES) {
            int edge = scale == 1 ? own : (int) Math.round(own * scale / MULTIPLE) * MULTIPLE;
            if (scale == 1 || (edge >= MIN_EDGE && edge < own)) {
                edges.add(edge);
            }
        }
        return edges;
    }
}
