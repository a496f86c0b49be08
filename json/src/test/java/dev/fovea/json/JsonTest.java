package dev.fovea.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and in which words. */
class JsonTest {

    private static final Json JSON = Json.of("plan", ErrorCode.ARGUMENT_INVALID);
    private static final String WHOLE =
            "{\"name\":\"a\",\"max_count\":3,\"share\":0.5,\"on\":true,\"sizes\":[1,2],\"how\":\"very-fast\",\"shape\":{\"kind\":\"circle\",\"radius\":2.0},\"limit\":7}";

    enum How {
        SLOW,
        VERY_FAST
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Shape.Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Shape.Square.class, name = "square")
    })
    sealed interface Shape {
        record Circle(double radius) implements Shape {
            public Circle {
                if (radius < 0) {
                    throw new FoveaException(ErrorCode.DECODER_INVALID, "A radius is negative.");
                }
            }
        }

        record Square(double edge) implements Shape {}
    }

    record Plan(
            String name,
            int maxCount,
            double share,
            boolean on,
            List<Integer> sizes,
            How how,
            Shape shape,
            Optional<Integer> limit) {}

    record Size(int height, OptionalInt width) {}

    record Framed(
            @JsonUnwrapped Size size,

            @JsonInclude(Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> tags) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{}|plan.height is missing.",
                "{\"height\":\"1\"}|plan.height must be a whole number but is \"1\".",
                "{\"height\":1,\"width\":1.5}|plan.width must be a whole number but is 1.5.",
                "{\"height\":1,\"depth\":1}|plan.depth is not known; known here are height, tags, width.",
                "{\"height\":1,\"tags\":[null]}|plan.tags[0] is missing."
            })
    void shouldBeAsStrictWithUnwrappedRecords(String json, String message) {
        assertThatThrownBy(() -> JSON.read(json, Framed.class))
                .isInstanceOf(FoveaException.class)
                .hasMessage(message);
    }

    @Test
    void shouldLeaveOutCollectionsThatAreEmpty() {
        Framed framed = new Framed(new Size(2, OptionalInt.empty()), List.of());
        assertThat(JSON.write(framed)).isEqualTo("{\"height\":2}");
        assertThat(JSON.read("{\"height\":2}", Framed.class)).isEqualTo(framed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "\"NaN\"", "\"Infinity\"", "\"-INF\""})
    void shouldRefuseNumbersThatAreNotFinite(String number) {
        assertThatThrownBy(() -> JSON.read(WHOLE.replace("0.5", number), Plan.class))
                .isInstanceOf(FoveaException.class)
                .hasMessageStartingWith("plan.share must be a number but is ");
    }

    record Notes(Map<String, String> notes) {}

    @Test
    void shouldGiveBackWhatWasWritten() {
        Plan plan = JSON.read(WHOLE, Plan.class);
        assertThat(plan.how()).isEqualTo(How.VERY_FAST);
        assertThat(plan.limit()).contains(7);
        assertThat(plan.shape()).isEqualTo(new Shape.Circle(2));
        assertThat(JSON.write(plan)).isEqualTo(WHOLE);
        assertThat(JSON.read(WHOLE.replace(",\"limit\":7", ""), Plan.class).limit())
                .isEmpty();
        assertThat(JSON.read(WHOLE.replace("very-fast", "VERY_FAST"), Plan.class))
                .isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"name\":\"a\",|''|plan.name is missing.",
                "\"a\"|null|plan.name is missing.",
                "\"a\"|7|plan.name must be a text but is 7.",
                "\"max_count\":3|\"max_count\":3.5|plan.max_count must be a whole number but is 3.5.",
                "\"max_count\":3|\"max_count\":\"3\"|plan.max_count must be a whole number but is \"3\".",
                "\"max_count\":3|\"max_count\":3000000000|plan.max_count must be a whole number but is 3000000000.",
                "\"max_count\":3,|''|plan.max_count is missing.",
                "0.5|\"0.5\"|plan.share must be a number but is \"0.5\".",
                "0.5|[]|plan.share must be a number but is a list […].",
                "true|1|plan.on must be true or false but is 1.",
                "[1,2]|[1,\"2\"]|plan.sizes[1] must be a whole number but is \"2\".",
                "[1,2]|3|plan.sizes must be a list […] but is 3.",
                "very-fast|fast|plan.how must be one of slow, very-fast but is \"fast\".",
                "\"very-fast\"|1|plan.how must be one of slow, very-fast but is 1.",
                "circle|line|plan.shape.kind is \"line\"; it must be one of circle, square.",
                "\"kind\":\"circle\",|''|plan.shape.kind is missing; it must be one of circle, square.",
                "\"radius\":2.0|\"edge\":2.0|plan.shape.radius is missing.",
                "2.0|2.0,\"edge\":1|plan.shape.edge is not known; known here are radius.",
                "2.0|-2.0|A radius is negative.",
                "\"limit\":7|\"limit\":\"x\"|plan.limit must be a whole number but is \"x\".",
                "\"limit\":7|\"limits\":7|plan.limits is not known; known here are how, limit, max_count, name, on, shape, share, sizes.",
                "\"limit\":7|\"name\":\"b\"|'plan has the field \"name\" twice, at line 1, column 127. Remove one.'",
                "\"limit\":7}|\"limit\":7|'plan is not JSON, at line 1, column 129. Correct or remove it.'",
                "\"limit\":7}|\"limit\":7} x|'plan is not JSON, at line 1, column 131. Correct or remove it.'",
            })
    void shouldRefuse(String part, String otherwise, String message) {
        assertThat(WHOLE).contains(part);
        String text = WHOLE.replace(part, otherwise);
        assertThatThrownBy(() -> JSON.read(text, Plan.class))
                .isInstanceOf(FoveaException.class)
                .hasMessage(message);
    }

    record Waits(Duration first, Plan plan) {}

    @Test
    void shouldWriteAndReadDurationsAsText() {
        Waits waits = new Waits(Duration.ofMillis(1500), JSON.read(WHOLE, Plan.class));
        assertThat(JSON.write(waits)).contains("\"first\":\"1500ms\"");
        assertThat(JSON.read(JSON.write(waits), Waits.class)).isEqualTo(waits);
        assertThat(JSON.read(JSON.write(waits).replace("1500ms", "2m"), Waits.class)
                        .first())
                .isEqualTo(Duration.ofMinutes(2));
        assertThatThrownBy(() -> JSON.read(JSON.write(waits).replace("1500ms", "PT2S"), Waits.class))
                .hasMessage("plan.first must be a duration, such as 250ms or 30s, but is \"PT2S\".");
    }

    @Test
    void shouldTakeMissingFieldsFromDefaultsInNestedObjectsToo() {
        Plan plan = JSON.read(WHOLE, Plan.class);
        Waits defaults = new Waits(Duration.ofSeconds(1), plan);
        assertThat(JSON.withDefaults(JSON.parse("{\"plan\":{\"max_count\":9,\"sizes\":[7]}}"), defaults))
                .isEqualTo(JSON.parse(JSON.write(defaults)
                        .replace("\"max_count\":3", "\"max_count\":9")
                        .replace("[1,2]", "[7]")));
        assertThat(JSON.withDefaults(JSON.parse("{\"plan\":7,\"first\":null}"), defaults)
                        .toString())
                .isEqualTo("{\"plan\":7,\"first\":null}");
    }

    @Test
    void shouldRefuseNullsAndListsInMaps() {
        assertThatThrownBy(() -> JSON.read("{\"notes\":[]}", Notes.class))
                .hasMessage("plan.notes must be an object {…} but is a list […].");
        assertThatThrownBy(() -> JSON.read("{\"notes\":{\"k\":null}}", Notes.class))
                .hasMessage("plan.notes.k is missing.");
        assertThatThrownBy(() -> JSON.read(WHOLE.replace("[1,2]", "[1,null]"), Plan.class))
                .hasMessage("plan.sizes[1] is missing.");
        assertThatThrownBy(() -> JSON.read("null", Plan.class)).hasMessage("plan is missing.");
        assertThatThrownBy(() -> JSON.read("[]", Plan.class))
                .hasMessage("plan must be an object {…} but is a list […].");
        assertThatThrownBy(() -> JSON.read("", Plan.class)).hasMessageContaining("plan is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\" \"", "\"\"", "\"3\"", "true"})
    void shouldTakeNothingButANumberForANumber(String value) {
        assertThatThrownBy(() -> JSON.read(WHOLE.replace("\"max_count\":3", "\"max_count\":" + value), Plan.class))
                .hasMessage("plan.max_count must be a whole number but is %s.".formatted(value));
    }

    @Test
    void shouldPassOverUnknownFieldsWhereItIsLenient() {
        assertThat(JSON.lenient().read(WHOLE.replace("{\"name\"", "{\"more\":[1],\"name\""), Plan.class))
                .isEqualTo(JSON.read(WHOLE, Plan.class));
    }
}
