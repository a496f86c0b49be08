package dev.fovea.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDetailsTest {

    private static RequestDetails details(String... tags) {
        return RequestDetails.of("id", Optional.of("ann"), List.of(tags), null);
    }

    @Test
    void shouldReadTagsOfOneHeader() {
        assertThat(details("line=3, camera=b ,shift = late=1").tags())
                .isEqualTo(Map.of("line", "3", "camera", "b", "shift", "late=1"));
    }

    /** A server reads header bytes as ISO 8859-1, and clients send UTF-8. */
    @Test
    void shouldReadHeadersInUtf8AndOthersAsTheyAre() {
        String sent = new String("ligne=é, camera=b".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String key = new String("Zoë".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(details(sent).tags()).isEqualTo(Map.of("ligne", "é", "camera", "b"));
        assertThat(details("line=é").tags()).isEqualTo(Map.of("line", "é"));
        assertThat(details("line=日").tags()).isEqualTo(Map.of("line", "日"));
        assertThat(details().keyed(Optional.of(key)).key()).contains("Zoë");
    }

    @Test
    void shouldJoinSeveralHeaders() {
        assertThat(details("line=3", "camera=b").tags()).isEqualTo(Map.of("line", "3", "camera", "b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "line|it must be NAME=VALUE",
                "=3|it must be NAME=VALUE",
                "li ne=3|it must be NAME=VALUE",
                "line=|a value has 1 to 128",
                "line=1,line=2|is there twice"
            })
    void shouldRefuseATagThatIsNone(String header, String message) {
        assertThatThrownBy(() -> details(header))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining(message)
                .hasMessageContaining("X-Fovea-Tag");
    }

    @Test
    void shouldRefuseMoreTagsThanTheLimit() {
        String header = IntStream.range(0, 17).mapToObj(i -> "t" + i + "=x").collect(Collectors.joining(","));

        assertThatThrownBy(() -> details(header)).hasMessageContaining("17 tags; at most 16");
    }

    @Test
    void shouldKeepNoImageOfACallerWhoForbidsIt() {
        assertThat(RequestDetails.of("id", Optional.empty(), List.of(), " Never ")
                        .keepable())
                .isFalse();
    }

    @Test
    void shouldRefuseAnotherWordAboutKeeping() {
        assertThatThrownBy(() -> RequestDetails.of("id", Optional.empty(), List.of(), "always"))
                .hasMessageContaining("X-Fovea-Keep is \"always\"; the only value is never");
    }

    @Test
    void shouldTakeTheIdOfABodyWhereItIsOne() {
        assertThat(details().named("order 7").id()).isEqualTo("order 7");
        assertThat(details().named("").id()).isEqualTo("id");
        assertThat(details().named("x".repeat(129)).id()).isEqualTo("id");
    }
}
