package dev.fovea.pipeline.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.head.CutBackbone;
import dev.fovea.pipeline.head.HeadlessNetwork;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The second round: what was chosen from the sample, each judged by cross-validation of all images to learn from. */
final class FullRound {

    /** No candidate is begun when this share of the time is over. */
    private static final double UNTIL = 0.65;

    private final JobTools tools;
    private final SearchSpec spec;
    private final SearchImages images;
    private final SearchClock clock;
    private final BarJudge judge;
    private final Map<String, Backbone> backbones = new HashMap<>();

    FullRound(JobTools tools, SearchSpec spec, SearchImages images, SearchClock clock, BarJudge judge) {
        this.judge = judge;
        spec.backbones().forEach(backbone -> backbones.put(backbone.name(), backbone));
        this.tools = tools;
        this.spec = spec;
        this.images = images;
        this.clock = clock;
    }

    /** A backbone at one size. */
    private record Pass(String backbone, int edge) {

        static Pass of(SampledCandidate one) {
            return new Pass(one.candidate().backbone(), one.candidate().edge());
        }
    }

    /** Judges them in their order as far as there is time; those of one pass together. */
    List<JudgedCandidate> run(ContenderChoice.Chosen chosen) {
        List<JudgedCandidate> contenders = new ArrayList<>();
        List<SampledCandidate> first = chosen.candidates().subList(0, chosen.promising());
        judge(first, contenders);
        for (SampledCandidate more : chosen.candidates()
                .subList(chosen.promising(), chosen.candidates().size())) {
            if (contenders.stream().noneMatch(one -> judge.clears(one.evidence().confusion()))) {
                judge(List.of(more), contenders);
            }
        }
        return contenders;
    }

    private void judge(List<SampledCandidate> chosen, List<JudgedCandidate> contenders) {
        Set<Pass> done = new HashSet<>();
        for (SampledCandidate first : chosen) {
            Pass pass = Pass.of(first);
            if (!done.add(pass) || clock.isPast(UNTIL)) {
                continue;
            }
            CutBackbone cuts =
                    CutBackbone.open(tools, Objects.requireNonNull(backbones.get(pass.backbone())), pass.edge());
            FeatureMatrix all = cuts.features(
                    images.learning(),
                    (count, total) -> clock.at("%s at %d px: features of %,d of %,d images"
                            .formatted(pass.backbone(), pass.edge(), count, total)));
            for (SampledCandidate one : chosen) {
                if (Pass.of(one).equals(pass) && !clock.isPast(UNTIL)) {
                    clock.at("%s: fitting to %,d images"
                            .formatted(one.candidate().name(), images.learning().size()));
                    contender(cuts, all, one, contenders);
                }
            }
        }
    }

    private void contender(
            CutBackbone cuts, FeatureMatrix all, SampledCandidate one, List<JudgedCandidate> contenders) {
        HeadlessNetwork network = cuts.at(one.cut());
        try {
            HeadlessNetwork.CandidateHead head = network.fit(
                    cuts.features(all, one.cut()),
                    images.learning(),
                    images.labels().size(),
                    spec.isBalanced(),
                    spec.seed());
            contenders.add(JudgedCandidate.of(one.candidate(), network, head));
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.DATASET_INVALID) {
                throw e;
            }
            clock.note("%s was dropped: %s".formatted(one.candidate().name(), e.getMessage()));
        }
    }
}
