package dev.fovea.rollout.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.rollout.RolloutJson;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

    @Test
    void shouldReadWhatItWrites() {
        RolloutPolicy policy = RolloutPolicy.USUAL;
        assertThat(RolloutJson.policy(RolloutJson.write(policy))).isEqualTo(policy);
        assertThat(RolloutJson.write(policy)).contains("\"least\":\"300s\"", "\"metric\":\"p99\"");
    }

    @Test
    void shouldReadGuardsAsText() {
        assertThat(GuardText.parse("errors,margin=0.01")).isEqualTo(RolloutPolicy.guard(GuardMetric.ERRORS, 0.01));
        assertThat(GuardText.parse("P99, margin=0.1, limit=200").limit()).contains(200.0);
        Guard orders = GuardText.parse("kpi,figure=orders,worse=higher,margin=2,range=-1.5..10");
        assertThat(orders.name()).isEqualTo("kpi:orders");
        assertThat(orders.side()).isEqualTo(WorseSide.HIGHER);
        assertThat(orders.range()).isEqualTo(Optional.of(new ValueRange(-1.5, 10)));
        assertThat(GuardText.parse("accuracy,margin=0.02").side()).isEqualTo(WorseSide.LOWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "speed,margin=0.1 | No guard is called \"speed\"; there are errors, p99, agreement, confidence, accuracy, kpi.",
                "errors | the margin is missing",
                "errors,margin=NaN | must be a number above 0",
                "errors,margin=-0.1 | must be a number above 0",
                "errors,margin=1 | 0.01 is one percentage point",
                "errors,margin=x | the margin \"x\" is no number",
                "errors,margin=0.1,size=3 | \"size\" is not known",
                "errors,margin=0.1,margin=0.2 | there twice",
                "errors,margin=0.1,worse=lower | Leave out the side",
                "errors,margin=0.1,figure=orders | takes no figure",
                "errors,margin=0.6,limit=0.5 | both ends must lie between 0 and 1",
                "agreement,margin=0.02 | needs a limit",
                "p99,margin=0.1,limit=-3 | milliseconds above 0",
                "confidence,margin=0.02,limit=0.9 | Leave out its limit",
                "kpi,margin=0.02 | names no business figure",
                "kpi,figure=a,margin=0.02,range=3..1 | the smaller one first",
                "kpi,figure=a,margin=0.02,range=3 | LOW..HIGH",
            })
    void shouldNameWhatIsWrongWithAGuard(String text, String message) {
        assertRefused(() -> GuardText.parse(text), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[5,1,100] | fall from 5.0 % to 1.0 %",
                "[1,1,100] | fall from 1.0 % to 1.0 %",
                "[1,50] | must be 100",
                "[100] | 2 to 20",
                "[0,100] | give 0.01 to 100",
                "[1,200] | give 0.01 to 100",
            })
    void shouldNameWhatIsWrongWithTheSteps(String percents, String message) {
        String steps = percents.replaceAll("(\\d+)", "{\"percent\":$1,\"least\":\"1s\",\"most\":\"5s\"}");
        assertRefused(() -> RolloutJson.policy(document(steps, "0.05")), message);
    }

    @Test
    void shouldNameOtherFaultsOfAPolicy() {
        String steps =
                "[{\"percent\":1,\"least\":\"5s\",\"most\":\"5s\"},{\"percent\":100,\"least\":\"1s\",\"most\":\"2s\"}]";
        assertRefused(() -> RolloutJson.policy(document(steps, "0.05")), "the most must be longer than the least");
        String right = steps.replace("\"least\":\"5s\"", "\"least\":\"1s\"");
        assertRefused(() -> RolloutJson.policy(document(right, "0.9")), "wrong promotion is 0.9");
        assertThat(RolloutJson.policy(document(right, "0.05")).trials()).isEqualTo(1);
        assertRefused(
                () -> RolloutJson.policy(document(right, "0.05")
                        .replace("}],\"errors\"", "},{\"metric\":\"errors\",\"margin\":0.2}],\"errors\"")),
                "there twice");
    }

    @Test
    void shouldNameTimesOfAStepAsPeopleTypeThem() {
        String steps =
                "[{\"percent\":1,\"least\":\"2h\",\"most\":\"90m\"},{\"percent\":100,\"least\":\"1s\",\"most\":\"2s\"}]";
        assertRefused(() -> RolloutJson.policy(document(steps, "0.05")), "The step of 1 % lasts from 2h to 90m;");
    }

    private static String document(String steps, String wrong) {
        return "{\"steps\":%s,\"guards\":[{\"metric\":\"errors\",\"margin\":0.01}],\"errors\":{\"promotion\":%s,\"rollback\":0.05}}"
                .formatted(steps, wrong);
    }

    private static void assertRefused(ThrowingCallable work, String message) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining(message);
    }
}
