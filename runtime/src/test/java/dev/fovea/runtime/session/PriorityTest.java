package dev.fovea.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {

    @ParameterizedTest
    @CsvSource({"0, NORMAL", "1, HIGH", "2, NORMAL", "3, LOW", "7, LOW", "9223372036854775807, LOW"})
    void shouldMapLevelsOfTheProtocol(long level, Priority priority) {
        assertThat(Priority.ofLevel(level)).isEqualTo(priority);
    }
}
