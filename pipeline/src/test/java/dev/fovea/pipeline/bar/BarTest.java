package dev.fovea.pipeline.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {

    @Test
    void aBarIsReadWithItsUnits() {
        Bar bar = Bar.parse("recall(hole) >= 0.95, macro-f1>=90%, p99 <= 0.02 s,latency ≤ 5ms, size <= 10 MB");

        assertThat(bar.conditions())
                .containsExactly(
                        new BarCondition(BarMeasure.RECALL, Optional.of("hole"), 0.95),
                        new BarCondition(BarMeasure.MACRO_F1, Optional.empty(), 0.9),
                        new BarCondition(BarMeasure.P99, Optional.empty(), 20),
                        new BarCondition(BarMeasure.P50, Optional.empty(), 5),
                        new BarCondition(BarMeasure.SIZE, Optional.empty(), 10_000_000));
        assertThat(bar).hasToString("recall(hole) >= 0.95, macro_f1 >= 0.9, p99 <= 20ms, p50 <= 5ms, size <= 10MB");
    }

    @Test
    void whatABarIsWrittenAsIsReadAsTheSameBar() {
        Bar bar = Bar.parse("precision(\"a, b (c)\") >= 0.5, f1(two words) >= 0.25, size <= 1500kB, p50 <= 2.5ms");

        assertThat(Bar.parse(bar.toString())).isEqualTo(bar);
        assertThat(bar.conditions().getFirst().label()).contains("a, b (c)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is empty",
                "accuracy|\"accuracy\" is no condition",
                "accuracy >= 0.9,|comma with no condition",
                "accurracy >= 0.9|\"accurracy\" is no measure",
                "accuracy > 0.9|Write >= or <=",
                "accuracy == 0.9|Write >= or <=",
                "accuracy >= high|\"high\", which is no number",
                "accuracy >= 95|more than 1",
                "recall(hole) >= 1.2|more than 1",
                "accuracy >= 1|cannot be shown",
                "accuracy >= 0|says nothing",
                "accuracy >= 0.9ms|states a share in \"ms\"",
                "recall >= 0.9|lacks the class",
                "recall() >= 0.9|lacks the class",
                "accuracy(hole) >= 0.9|names a class",
                "p99 <= 20|without a unit",
                "p99 <= 20MB|in \"mb\"",
                "size <= 0MB|says nothing",
                "size >= 10MB|asks for a worse model",
                "accuracy <= 0.5|asks for a worse model",
                "accuracy >= .9, accuracy <= .5|contradict each other",
                "accuracy >= .9, accuracy >= .8|state accuracy twice",
                "recall(hole >= 0.9|without its partner",
                "p99 <= 5ms|and not how good",
            })
    void whatIsNotUnderstoodIsNamed(String text, String message) {
        assertThatThrownBy(() -> Bar.parse(text))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageStartingWith("bar: ")
                .hasMessageContaining(message);
    }

    @Test
    void aClassThatTheDataLacksIsRefusedWithThoseThatItHas() {
        Bar bar = Bar.parse("recall(whole) >= 0.9");

        assertThatThrownBy(() -> bar.requireClasses(List.of("hole", "ok")))
                .hasMessageContaining("recall(whole)")
                .hasMessageContaining("hole, ok");
    }

    @Test
    void aQualityIsMetFromBelowAndACostFromAbove() {
        Bar bar = Bar.parse("accuracy >= 0.9, size <= 1MB");

        assertThat(bar.conditions().getFirst().isMet(0.9)).isTrue();
        assertThat(bar.conditions().getFirst().isMet(0.89)).isFalse();
        assertThat(bar.conditions().getLast().isMet(1_000_000)).isTrue();
        assertThat(bar.conditions().getLast().isMet(1_000_001)).isFalse();
    }
}
