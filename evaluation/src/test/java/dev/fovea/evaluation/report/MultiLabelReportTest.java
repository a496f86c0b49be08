package dev.fovea.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.evaluation.report.MultiLabelReport.LabelFigures;
import dev.fovea.evaluation.report.MultiLabelVerdict.MultiLabelOutcome;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Images that show a cat, a dog, both or none. */
class MultiLabelReportTest {

    private static final List<String> LABELS = List.of("cat", "dog", "bird");

    /** The first two figures are worked in the documentation of scikit-learn's average_precision_score and by hand. */
    @Test
    void shouldMatchAveragePrecisionOfScikitLearn() {
        assertThat(averagePrecision(new double[] {0.1, 0.4, 0.35, 0.8}, false, false, true, true))
                .isCloseTo(0.8333333333, within(1e-9));
        assertThat(averagePrecision(new double[] {0.5, 0.5, 0.8, 0.1}, false, true, true, false))
                .isCloseTo(0.8333333333, within(1e-9));
        assertThat(averagePrecision(new double[] {0.5, 0.5, 0.5, 0.5}, false, true, true, true))
                .isCloseTo(0.75, within(1e-9));
    }

    private static double averagePrecision(double[] scores, boolean... relevant) {
        return RankedPrecision.of(RankedPrecision.order(scores), scores, relevant, new int[] {1, 1, 1, 1});
    }

    @Test
    void shouldReportMetricsOfEachLabel() {
        MultiLabelReport report = report(40, 0.9, 0.1, 0.9, 0.1);
        LabelFigures cat = report.labels().getFirst();
        assertThat(cat.support()).isEqualTo(20);
        assertThat(cat.predicted()).isEqualTo(20);
        assertThat(cat.precision().orElseThrow().value()).isEqualTo(1);
        assertThat(cat.recall().orElseThrow().low()).isCloseTo(0.8389, within(1e-4)); // Wilson, 20 of 20
        assertThat(cat.averagePrecision().orElseThrow().value()).isEqualTo(1);
        assertThat(report.labels().getLast().recall()).isEmpty();
        assertThat(report.gain().value()).isCloseTo(0.625, within(1e-9)); // shares of 1/2 and 1/4
        assertThat(new MultiLabelReportJson().read(new MultiLabelReportJson().write(report)))
                .isEqualTo(report);
        assertThat(MultiLabelTable.render(report))
                .contains("40 images, threshold 0.5", "cat")
                .doesNotContain("bird");
    }

    @Test
    void shouldSummarizeTheModelInSentences() {
        MultiLabelVerdict usable = MultiLabelVerdict.of(report(40, 0.9, 0.1, 0.9, 0.1));
        assertThat(usable.outcome()).isEqualTo(MultiLabelOutcome.USABLE);
        assertThat(usable.headline()).startsWith("Usable: better than a ranking at random, by +62.5 points");
        assertThat(usable.sentences())
                .contains(
                        "This rests on 40 images; the rarest label, \"dog\", is on 10.",
                        "No image shows \"bird\": nothing is known of it.");
        MultiLabelVerdict blind = MultiLabelVerdict.of(report(40, 0.9, 0.1, 0.4, 0.1));
        assertThat(blind.outcome()).isEqualTo(MultiLabelOutcome.LABELS_NEVER_FOUND);
        assertThat(blind.headline()).contains("at the threshold of 0.5 it never finds \"dog\"");
        MultiLabelVerdict random = MultiLabelVerdict.of(report(40, 0.7, 0.7, 0.7, 0.7));
        assertThat(random.outcome()).isEqualTo(MultiLabelOutcome.NO_BETTER_THAN_CHANCE);
        assertThat(random.clearsFloor()).isFalse();
    }

    @Test
    void shouldRefuseImagesThatAllShowTheSame() {
        List<MultiLabelImage> same = List.of(new MultiLabelImage(Set.of("cat"), new double[] {1, 0, 0}));
        assertThatThrownBy(() -> MultiLabelReport.of(same, LABELS, 0.5)).isInstanceOf(FoveaException.class);
    }

    /** Every other image shows a cat, every fourth a dog; scores where a label is shown and where it is not. */
    private static MultiLabelReport report(int images, double cat, double noCat, double dog, double noDog) {
        List<MultiLabelImage> all = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            Set<String> truth = new HashSet<>();
            if (i % 2 == 0) {
                truth.add("cat");
            }
            if (i % 4 == 1) {
                truth.add("dog");
            }
            all.add(new MultiLabelImage(
                    truth, new double[] {i % 2 == 0 ? cat : noCat, i % 4 == 1 ? dog : noDog, 0.05}));
        }
        return MultiLabelReport.of(all, LABELS, 0.5);
    }
}
