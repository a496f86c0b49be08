package dev.fovea.api.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStatus;
import dev.fovea.monitoring.objectives.ObjectiveStatus.ObjectiveDay;
import dev.fovea.monitoring.objectives.ObjectiveVerdict;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysDrawingTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 11);

    @ParameterizedTest
    @CsvSource({
        "AVAILABILITY, 99.9, 99.93, 100, 99.85, 100",
        "AVAILABILITY, 99.9, 12, 100, 98.5, 100",
        "ACCURACY, 90, 70, 95, 60, 100",
        "ERROR_RATE, 2, 0.5, 1, 0, 2",
        "P95, 500, 17.6, 17.6, 0, 600",
        "COST, 0.2, 0, 0, 0, 0.2"
    })
    void shouldShowTargetAndDaysOnRoundMarks(
            Indicator indicator, double target, double low, double high, double from, double to) {
        Objective objective = new Objective(indicator, Optional.empty(), target);
        DaysAxis axis = DaysAxis.of(objective, List.of(low, high));
        assertThat(axis.from()).isEqualTo(from);
        assertThat(axis.to()).isEqualTo(to);
        assertThat(axis.marks().stream().map(axis::text))
                .doesNotHaveDuplicates()
                .hasSizeBetween(2, 7);
    }

    @Test
    void shouldTellMarksApartForTargetNextToHundred() {
        DaysAxis axis = DaysAxis.of(new Objective(Indicator.AVAILABILITY, Optional.empty(), 99.999999), List.of(100.0));
        assertThat(axis.marks().stream().map(axis::text))
                .doesNotHaveDuplicates()
                .hasSizeBetween(2, 7);
        assertThat(axis.share(99.999999)).isBetween(0.1, 0.9);
    }

    @Test
    void shouldWriteTheValueOfDayBelowTheAxis() {
        String drawing = DaysDrawing.of(
                status(new Objective(Indicator.AVAILABILITY, Optional.empty(), 99.9), 100, 43.21), MONTH);
        assertThat(drawing)
                .contains(
                        ">100.0 %</text>",
                        ">43.2</text>",
                        "Dashed: the target of 99.9 %.",
                        "The axis begins at 98.5 %, not at 0; days below it have their value written.")
                .contains("<rect class=\"missed\"");
    }

    @Test
    void shouldKeepBarsWithinTheDrawing() {
        String drawing =
                DaysDrawing.of(status(new Objective(Indicator.P99, Optional.empty(), 10), 8, 68.6, 4000), MONTH);
        assertThat(Pattern.compile("<rect[^>]* y=\"([0-9.]+)\"")
                        .matcher(drawing)
                        .results()
                        .mapToDouble(found -> Double.parseDouble(found.group(1))))
                .hasSize(3)
                .allMatch(top -> top >= 10);
        assertThat(drawing).doesNotContain("The axis begins");
    }

    @Test
    void shouldNameObjectivesAndUnitsInWords() {
        Objective cost = new Objective(Indicator.COST, Optional.empty(), 0.2);
        Objective recall = new Objective(Indicator.RECALL, Optional.of("crack"), 90);
        assertThat(ObjectiveWords.name(cost)).isEqualTo("Cost of 1,000 answers");
        assertThat(ObjectiveWords.value(cost, 0.05)).isEqualTo("0.05 price units");
        assertThat(ObjectiveWords.target(cost)).isEqualTo("0.2 price units");
        assertThat(ObjectiveWords.target(new Objective(Indicator.AVAILABILITY, Optional.empty(), 99.9999999999)))
                .isEqualTo("99.9999999999 %");
        assertThat(ObjectiveWords.name(recall)).isEqualTo("Recall of crack");
        assertThat(ObjectiveWords.figures(1234.5, 3)).isEqualTo("1230");
        assertThat(ObjectiveWords.figures(0.000012345, 4)).isEqualTo("0.00001235");
    }

    private static ObjectiveStatus status(Objective objective, double... values) {
        List<ObjectiveDay> days = IntStream.range(0, values.length)
                .mapToObj(i -> new ObjectiveDay(
                        MONTH.atDay(i + 1),
                        values[i],
                        objective.indicator().isHigherBetter()
                                ? values[i] >= objective.target()
                                : values[i] <= objective.target()))
                .toList();
        return new ObjectiveStatus(
                objective, ObjectiveVerdict.MISSED, "", Optional.empty(), Optional.empty(), List.of(), days);
    }
}
