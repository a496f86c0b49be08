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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The second round: what was chosen from the sample, each judged by cross-validation of all images to learn from. */
final class FullRound {

    /** The round ends when this share of the time is over, where none clears the bar: networks are trained then. */
    private static final double UNTIL = 0.5;

    /** Where one does, smaller ones are judged for longer. */
    private static final double CLEARED_UNTIL = 0.65;

    /** Where heads are surely too bad on the sample, the best of them say why, and networks get the time. */
    private static final int OUT_OF_REACH = 3;

    /** All images take longer than the sample says: fits of more images walk further. */
    private static final double SLOWER = 1.3;

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
        if (first.stream().noneMatch(one -> judge.reach(one.evidence().confusion()) >= 0)) {
            first = first.subList(0, Math.min(OUT_OF_REACH, first.size()));
        }
        judge(first, contenders, true);
        for (SampledCandidate more : chosen.candidates()
                .subList(chosen.promising(), chosen.candidates().size())) {
            if (!isCleared(contenders) && judge.reach(more.evidence().confusion()) >= 0) {
                judge(List.of(more), contenders, true);
            }
        }
        if (contenders.isEmpty()) { // there is time for none: the quickest one is judged all the same
            chosen.candidates().stream()
                    .min(Comparator.comparingDouble(
                            one -> one.cost().features() + one.cost().fit()))
                    .ifPresent(one -> judge(List.of(one), contenders, false));
        }
        return contenders;
    }

    private boolean isCleared(List<JudgedCandidate> contenders) {
        return contenders.stream().anyMatch(one -> judge.clears(one.evidence().confusion()));
    }

    /** Whether so many seconds for each image are left. */
    private boolean hasTime(double perImage, List<JudgedCandidate> contenders) {
        double seconds = SLOWER * perImage * images.learning().size();
        return seconds
                < clock.until(isCleared(contenders) ? CLEARED_UNTIL : UNTIL).toNanos() / 1e9;
    }

    private void judge(List<SampledCandidate> chosen, List<JudgedCandidate> contenders, boolean timely) {
        Set<Pass> done = new HashSet<>();
        for (SampledCandidate first : chosen) {
            Pass pass = Pass.of(first);
            if (!done.add(pass)
                    || (timely
                            && !hasTime(first.cost().features() + first.cost().fit(), contenders))) {
                continue;
            }
            CutBackbone cuts =
                    CutBackbone.open(tools, Objects.requireNonNull(backbones.get(pass.backbone())), pass.edge());
            FeatureMatrix all = cuts.features(
                    images.learning(),
                    (count, total) -> clock.at("%s at %d px: features of %,d of %,d images"
                            .formatted(pass.backbone(), pass.edge(), count, total)));
            for (SampledCandidate one : chosen) {
                if (Pass.of(one).equals(pass) && (!timely || hasTime(one.cost().fit(), contenders))) {
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
        double begun = clock.seconds();
        try {
            HeadlessNetwork.CandidateHead head = network.fit(
                    cuts.features(all, one.cut()),
                    images.learning(),
                    images.labels().size(),
                    spec.isBalanced(),
                    spec.seed());
            contenders.add(JudgedCandidate.of(one.candidate(), network, head, clock.seconds() - begun));
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.DATASET_INVALID) {
                throw e;
            }
            clock.note("%s was dropped: %s".formatted(one.candidate().name(), e.getMessage()));
        }
    }
}
