package dev.fovea.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.evaluation.Drawn;
import dev.fovea.fault.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTableTest {

    private final ReportTable table = new ReportTable(ReportTable.DEFAULT_WIDTH);

    @Test
    void shouldShowEveryFigureAligned() {
        ScoredImages scored =
                Drawn.confused(List.of("none", "hole", "tear"), new long[][] {{50, 6, 4}, {3, 55, 2}, {0, 9, 51}});
        ScoredImages withFailures = new ScoredImages(
                scored.labels(),
                scored.scored(),
                List.of(
                        new FailedImage("x", ErrorCode.IMAGE_CORRUPT, "cut short"),
                        new FailedImage("y", ErrorCode.IMAGE_CORRUPT, "cut short")));
        assertThat(table.render(ClassificationReport.of(withFailures))).isEqualTo("""
                    class            images              precision                 recall                     F1
                    none                 60  94.3 % (84.6 to 98.1)  83.3 % (72.0 to 90.7)  88.5 % (80.8 to 93.3)
                    hole                 60  78.6 % (67.6 to 86.6)  91.7 % (81.9 to 96.4)  84.6 % (76.8 to 90.1)
                    tear                 60  89.5 % (78.9 to 95.1)  85.0 % (73.9 to 91.9)  87.2 % (79.4 to 92.3)
                    mean of classes     180                 87.5 %                 86.7 %                 86.8 %

                    180 images, accuracy 86.7 % (80.9 to 90.9); intervals are 95 %
                    not scored: 2 IMAGE_CORRUPT

                    calibration error 8.0 % as it is, 2.2 % with temperature scaling (cross-fitted); temperature 0.79

                    truth \\ predicted  none  hole  tear
                    none                 50     6     4
                    hole                  3    55     2
                    tear                  ·     9    51
                    """);
    }

    @Test
    void shouldShowADashForUndefinedFigures() {
        String text = table.render(ClassificationReport.of(Drawn.confused(
                List.of("hole", "tear"), new long[][] {{3, 0}, {1, 0}})));
        assertThat(text.lines()
                        .filter(line -> line.startsWith("tear"))
                        .findFirst()
                        .orElseThrow())
                .containsPattern("tear +1 +– +0.0 %");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 10, 20, 50})
    void shouldFitTheTerminalWithManyClasses(int classes) {
        String text = table.render(ClassificationReport.of(Drawn.images(1000, classes, 5, 1)));
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(text.lines().filter(line -> line.startsWith("class "))).hasSizeGreaterThanOrEqualTo(classes + 1);
    }

    @Test
    void shouldNumberTheColumnsWhereNamesAreTooWide() {
        String text = table.render(ClassificationReport.of(Drawn.images(200, 14, 5, 1)));
        assertThat(text.lines()
                        .filter(line -> line.startsWith("truth \\ predicted"))
                        .findFirst()
                        .orElseThrow())
                .containsPattern("predicted +1 +2 +3 .* +14$");
        assertThat(text).containsPattern("(?m)^14 class 13 ");
    }

    @Test
    void shouldListTheCommonestConfusionsWhereAMatrixIsTooWide() {
        String text = table.render(ClassificationReport.of(Drawn.images(2000, 50, 5, 1)));
        assertThat(text).contains("predicted").containsPattern("and \\d+ rarer confusions\n$");
        long[][] perfect = new long[50][50];
        for (int k = 0; k < 50; k++) {
            perfect[k][k] = 2;
        }
        assertThat(table.render(ClassificationReport.of(Drawn.confused(Drawn.labels(50), perfect))))
                .endsWith("no class was confused with another\n");
    }

    @Test
    void shouldEscapeControlCharactersOfLabels() {
        String text = table.render(ClassificationReport.of(Drawn.confused(
                List.of("evil\u001b[2Jname\n", "x".repeat(500)), new long[][] {{1, 0}, {0, 1}})));
        assertThat(text).doesNotContain("\u001b").contains("evil?[2Jname?").contains("x".repeat(31) + "…");
    }
}
