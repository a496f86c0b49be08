package dev.fovea.pipeline.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.search.CandidateEvidence.EvidenceMethod;
import dev.fovea.pipeline.search.ContenderChoice.Chosen;
import dev.fovea.pipeline.search.SampledCandidate.SampleCost;
import dev.fovea.pipeline.search.SearchCandidate.CandidateFit;
import dev.fovea.pipeline.search.SearchCandidate.CandidatePrecision;
import dev.fovea.statistics.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderChoiceTest {

    @Test
    void whatASmallerAndFasterOneBeatsIsNotPromising() {
        SampledCandidate small = candidate("small", 1_000, 64, 0.01);
        SampledCandidate beaten = candidate("beaten", 2_000, 96, 0);
        SampledCandidate better = candidate("better", 3_000, 96, 0.02);

        Chosen chosen = ContenderChoice.of(List.of(beaten, better, small), List.of());

        assertThat(promising(chosen)).containsExactly("small", "better");
        assertThat(names(chosen.candidates())).containsExactly("small", "better", "beaten");
    }

    @Test
    void theFirstIsTheSmallestThatClearsTheBarOnTheSample() {
        List<SampledCandidate> ladder = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ladder.add(candidate("rung" + i, 1_000 * (i + 1), 64, 0.01 * (i - 12)));
        }

        Chosen chosen = ContenderChoice.of(ladder, List.of());

        assertThat(chosen.candidates()).hasSize(ContenderChoice.MAX);
        assertThat(promising(chosen))
                .startsWith("rung12", "rung19")
                .contains("rung11", "rung8")
                .doesNotContain("rung7");
    }

    @Test
    void whatIsTooLargeEvenInInt8IsLeftOut() {
        SampledCandidate small = candidate("small", 900_000, 64, -0.1);
        SampledCandidate large = candidate("large", 1_100_000, 64, 0.1);

        Chosen chosen = ContenderChoice.of(
                List.of(small, large), Bar.parse("accuracy >= 0.9, size <= 1MB").conditions());

        assertThat(names(chosen.candidates())).containsExactly("small");
    }

    @Test
    void theFrontIsWhatNoOtherIsBetterThanInEverything() {
        List<ParetoFront.Point> points = List.of(
                new ParetoFront.Point(0.9, 100, 5),
                new ParetoFront.Point(0.9, 100, 6),
                new ParetoFront.Point(0.95, 200, 5),
                new ParetoFront.Point(0.8, 50, 9),
                new ParetoFront.Point(0.8, 150, 9));

        assertThat(ParetoFront.of(points)).containsExactly(true, false, true, true, false);
    }

    @Test
    void passesAreSpreadOverAllCosts() {
        assertThat(SampleRound.spread(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))
                .startsWith(0, 8, 4, 2)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(SampleRound.spread(List.of(0))).containsExactly(0);
    }

    private static List<String> promising(Chosen chosen) {
        return names(chosen.candidates().subList(0, chosen.promising()));
    }

    private static List<String> names(List<SampledCandidate> candidates) {
        return candidates.stream().map(one -> one.candidate().backbone()).toList();
    }

    private static SampledCandidate candidate(String name, long parameters, int edge, double margin) {
        return new SampledCandidate(
                new SearchCandidate(name, "features", 1, edge, CandidatePrecision.FP32, CandidateFit.HEAD),
                0,
                new CandidateEvidence(EvidenceMethod.SAMPLE, ConfusionMatrix.of(new long[][] {{9, 1}, {1, 9}})),
                parameters,
                margin,
                SampleCost.NONE);
    }
}
