package dev.fovea.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person types: rates, durations, addresses, keys. */
class TypedValuesTest {

    @ParameterizedTest
    @CsvSource({"500ms, 500", "60s, 60000", "2m, 120000", "1.5s, 1500", "1h, 3600000", "0s, 0"})
    void shouldReadDurations(String text, long millis) {
        assertThat(StatedDuration.parse("--for", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "s", "-1s", "1 s", "1min", "1e3s", "25h", "1.s", "١s"})
    void shouldRefuseOtherDurationsByNameAndValue(String text) {
        assertThatThrownBy(() -> StatedDuration.parse("--for", text))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("--for")
                .hasMessageContaining(text);
    }

    @Test
    void shouldReadRates() {
        assertThat(Rate.parse("200")).isEqualTo(new Rate.PerSecond(200));
        assertThat(Rate.parse("0.5/s")).isEqualTo(new Rate.PerSecond(0.5));
        assertThat(Rate.parse("2x")).isEqualTo(new Rate.TimesPeak(2));
        assertThat(Rate.parse("2x").perSecond(Optional.of(12.5))).isEqualTo(25);
        assertThat(Rate.parse("7/s").perSecond(Optional.empty())).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0x", "-1", "x", "2X", "10/m", "1e3", "NaN"})
    void shouldRefuseOtherRatesByValue(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("2x");
    }

    @Test
    void shouldAskForARateWhereThereIsNoPeakToMultiply() {
        assertThatThrownBy(() -> Rate.parse("2x").perSecond(Optional.empty()))
                .satisfies(e -> assertThat(((FoveaException) e).code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining("2x")
                .hasMessageContaining("--rate 50/s");
        assertThatThrownBy(() -> Rate.parse("2x").perSecond(Optional.of(90_000.0)))
                .hasMessageContaining("180000");
    }

    @Test
    void shouldReadAddresses() {
        Endpoint plain = Endpoint.parse("http://127.0.0.1:8080/");
        assertThat(plain.host()).isEqualTo("127.0.0.1:8080");
        assertThat(plain.basePath()).isEmpty();
        assertThat(plain.address().getPort()).isEqualTo(8080);
        Endpoint behind = Endpoint.parse("https://localhost/triton/");
        assertThat(behind.tls()).isTrue();
        assertThat(behind.address().getPort()).isEqualTo(443);
        assertThat(behind.basePath()).isEqualTo("/triton");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:8080", "ftp://localhost", "http://", "http://a b", "http://localhost:99999"})
    void shouldRefuseOtherAddressesByValue(String url) {
        assertThatThrownBy(() -> Endpoint.parse(url))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("\"" + url + "\"");
    }

    @Test
    void shouldRefuseAKeyThatWouldBreakTheHeader() {
        assertThatThrownBy(() -> new ApiKey(Optional.of("secret\r\nX: y")))
                .hasMessageContaining("--api-key")
                .hasMessageNotContaining("secret");
    }
}
