package dev.fovea.pipeline.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.QualityTarget.QualityMetric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accuracy >= 0.9 | accuracy >= 0.9",
                "macro-F1>=90% | macro_f1 >= 0.9",
                " recall( small hole ) >= 0.95 | recall(small hole) >= 0.95",
                "balanced_accuracy >= 1 | balanced_accuracy >= 1.0",
            })
    void shouldReadTargets(String text, String read) {
        assertThat(QualityTarget.parse(text)).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accuracy | is not understood",
                "accuracy >= 1.5 | must be above 0 and not above 1",
                "accuracy >= 0..9 | \"0..9\" in the target is no number",
                "accuracy(hole) >= 0.9 | Omit \"(hole)\"",
                "recall >= 0.9 | Name it, as in recall(hole)",
                "speed >= 0.9 | \"speed\" in the target is no metric",
            })
    void shouldNameWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> QualityTarget.parse(text))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameTheClassesThatThereAre() {
        QualityTarget target = QualityTarget.parse("recall(hole) >= 0.9");
        assertThat(target.metric()).isEqualTo(QualityMetric.RECALL);
        assertThat(target.score(List.of("good", "hole")).of(new double[][] {{9, 1}, {2, 8}}))
                .isEqualTo(0.8);
        assertThatThrownBy(() -> target.score(List.of("good", "stain")))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("\"hole\"; the images have good, stain");
    }
}
