package dev.fovea.statistics.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.findings.ImageFindings.ScoredFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnlabelledPrecisionTest {

    private static final int RUNS = 100;

    private static double precision(List<ScoredFinding> findings) {
        return findings.stream().filter(ScoredFinding::right).count() / (double) findings.size();
    }

    @Test
    void intervalsCoverTheShareOfRightFindingsWhereSureOnesAreRare() {
        int covered = 0;
        int ofClass = 0;
        int before = 0;
        for (int run = 0; run < RUNS; run++) {
            List<ImageFindings> reference = LabelledFindingsTest.drawn(run, 200);
            List<ScoredFinding> live = LabelledFindingsTest.drawn(run + 1_000, 600).stream()
                    .flatMap(image -> image.found().stream())
                    .filter(finding -> finding.score() < 0.6)
                    .toList();

            UnlabelledPrecision estimate =
                    UnlabelledPrecision.of(reference, live, 2).orElseThrow();

            covered += estimate.precision().contains(precision(live)) ? 1 : 0;
            List<ScoredFinding> second =
                    live.stream().filter(finding -> finding.label() == 1).toList();
            ofClass += estimate.classes().get(1).precision().orElseThrow().contains(precision(second)) ? 1 : 0;
            double heldOut = precision(
                    reference.stream().flatMap(image -> image.found().stream()).toList());
            before += estimate.precision().contains(heldOut) ? 1 : 0;
        }
        assertThat(covered / (double) RUNS).isBetween(0.9, 1.0);
        assertThat(ofClass / (double) RUNS).isBetween(0.9, 1.0);
        assertThat(before).as("the precision on held-out images is another").isLessThan(covered / 2);
    }

    @Test
    void fewHeldOutFindingsGiveNoEstimate() {
        List<ImageFindings> few = List.of(new ImageFindings(List.of(new ScoredFinding(0, 0.9, true)), List.of()));
        List<ScoredFinding> live = LabelledFindingsTest.drawn(1, 600).stream()
                .flatMap(image -> image.found().stream())
                .toList();

        assertThat(UnlabelledPrecision.of(few, live, 2)).isEmpty();
    }
}
