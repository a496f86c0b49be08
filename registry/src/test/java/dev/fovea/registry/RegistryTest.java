package dev.fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Lineage;
import dev.fovea.registry.AuditEntry.Action;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Registry registry = new Registry(new MemoryStore(), InstantSource.fixed(NOON));

    @Test
    void shouldNumberVersionsPerName() {
        assertThat(register("shirts").number()).isEqualTo(1);
        assertThat(register("shirts").number()).isEqualTo(2);
        assertThat(register("mugs").number()).isEqualTo(1);
        assertThat(registry.model("shirts").alias(Alias.CANDIDATE))
                .map(ModelVersion::number)
                .contains(2);
        assertThat(registry.model("shirts").alias(Alias.PRODUCTION)).isEmpty();
    }

    @Test
    void shouldRollBackThroughTheHistory() {
        promoteThree();
        assertThat(registry.rollback("shirts", "ada", "worse")).satisfies(first -> {
            assertThat(first.from()).isEqualTo(3);
            assertThat(first.to()).isEqualTo(2);
        });
        assertThat(registry.rollback("shirts", "ada", "still worse").to()).isEqualTo(1);
        assertFails(() -> registry.rollback("shirts", "ada", ""), ErrorCode.NOTHING_TO_ROLL_BACK)
                .hasMessageContaining("Version 1 is the first production version of shirts");
        assertThat(production()).isEqualTo(1);
    }

    @Test
    void shouldRollBackToWhatWasBeforeAPromotionAfterARollback() {
        promoteThree();
        registry.rollback("shirts", "ada", "");
        registry.promote("shirts", 1, "ada", "");
        assertThat(registry.rollback("shirts", "ada", "").to()).isEqualTo(2);
    }

    @Test
    void shouldSayWhatToDoWhenNothingWasEverPromoted() {
        register("shirts");
        assertFails(() -> registry.rollback("shirts", "ada", ""), ErrorCode.NOTHING_TO_ROLL_BACK)
                .hasMessageContaining("promote one of 1 first");
    }

    @Test
    void shouldEndTheCanaryWhenProductionMoves() {
        promoteThree();
        registry.canary("shirts", 1, 5, "ada", "");
        assertThat(registry.promote("shirts", 1, "ada", "").rollout()).isEqualTo(new Rollout.None());
        registry.canary("shirts", 2, 5, "ada", "");
        assertThat(registry.rollback("shirts", "ada", "").model().rollout()).isEqualTo(new Rollout.None());
    }

    @Test
    void shouldEndTheCanaryAtZeroPercentAndWhenAsked() {
        promoteThree();
        registry.canary("shirts", 1, 5, "ada", "");
        assertThat(registry.model("shirts").alias(Alias.CANDIDATE))
                .map(ModelVersion::number)
                .contains(1);
        assertThat(registry.canary("shirts", 1, 0, "ada", "").rollout()).isEqualTo(new Rollout.None());
        assertThat(actions()).startsWith(Action.END_CANARY, Action.CANARY);
    }

    @Test
    void shouldKeepTheCanaryWhenWhatIsInProductionIsPromoted() {
        promoteThree();
        registry.canary("shirts", 1, 5, "ada", "");
        long revision = registry.revision();
        assertThat(registry.promote("shirts", 3, "ada", "stay").rollout()).isEqualTo(new Rollout.CanaryTraffic(1, 5));
        assertThat(registry.revision()).isEqualTo(revision);
    }

    @Test
    void shouldWriteNothingWhenNothingChanges() {
        promoteThree();
        long revision = registry.revision();
        registry.promote("shirts", 3, "ada", "again");
        registry.canary("shirts", 1, 0, "ada", "none there");
        assertThat(registry.revision()).isEqualTo(revision);
    }

    @Test
    void shouldEndOnlyTheCanaryThatThereIs() {
        promoteThree();
        registry.canary("shirts", 1, 5, "ada", "");
        assertFails(() -> registry.canary("shirts", 2, 0, "ada", ""), ErrorCode.STATE_CONFLICT);
        assertFails(() -> registry.canary("shirts", 99, 0, "ada", ""), ErrorCode.VERSION_UNKNOWN);
        assertThat(registry.canary("shirts", 1, 0, "ada", "").rollout()).isEqualTo(new Rollout.None());
    }

    @Test
    void shouldShareTrafficOutOverSeveralVersionsUntilProductionMoves() {
        promoteThree();
        Rollout.SplitTraffic split = Rollout.SplitTraffic.of(7, new TreeMap<>(Map.of(1, 20.0, 2, 30.0)));
        assertThat(registry.split("shirts", split, "ada", "try").rollout()).isEqualTo(split);
        assertThat(split.percents()).isEqualTo(Map.of(1, 20.0, 2, 30.0));
        long revision = registry.revision();
        registry.split("shirts", split, "ada", "again");
        assertThat(registry.revision()).isEqualTo(revision);
        assertThat(registry.endSplit("shirts", "ada", "").rollout()).isEqualTo(new Rollout.None());
        assertThat(actions()).startsWith(Action.END_SPLIT, Action.SPLIT);
        registry.split("shirts", split, "ada", "");
        assertThat(registry.rollback("shirts", "ada", "").model().rollout()).isEqualTo(new Rollout.None());
    }

    @Test
    void shouldExcludeSplitAndCanary() {
        promoteThree();
        Rollout.SplitTraffic split = Rollout.SplitTraffic.of(7, new TreeMap<>(Map.of(1, 20.0)));
        registry.split("shirts", split, "ada", "");
        assertFails(() -> registry.canary("shirts", 2, 5, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("fovea experiment stop shirts");
        assertFails(() -> registry.canary("shirts", 1, 0, "ada", ""), ErrorCode.STATE_CONFLICT);
        assertFails(() -> registry.archive("shirts", 1, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("fovea experiment stop shirts");
        registry.endSplit("shirts", "ada", "");
        registry.canary("shirts", 2, 5, "ada", "");
        assertFails(() -> registry.split("shirts", split, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("fovea canary shirts 2 0");
        registry.endSplit("shirts", "ada", "a canary stays");
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.CanaryTraffic(2, 5));
    }

    @Test
    void shouldRefuseSharesThatAreNotPossible() {
        promoteThree();
        Map.of(
                        Map.of(1, 60.0, 2, 40.0), "100.0 % together",
                        Map.of(1, 0.0), "0.0 % for version 1",
                        Map.of(1, Double.NaN), "NaN %")
                .forEach((shares, named) -> assertFails(
                                () -> Rollout.SplitTraffic.of(7, new TreeMap<>(shares)), ErrorCode.ARGUMENT_INVALID)
                        .hasMessageContaining(named));
        assertFails(
                        () -> registry.split(
                                "shirts", Rollout.SplitTraffic.of(7, new TreeMap<>(Map.of(3, 5.0))), "ada", ""),
                        ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("in production already");
    }

    @Test
    void shouldKeepReasonsShortAndOnOneLine() {
        promoteThree();
        assertFails(() -> registry.promote("shirts", 1, "ada", "x".repeat(1001)), ErrorCode.ARGUMENT_INVALID);
        assertFails(() -> registry.rollback("shirts", "ada", "two\nlines"), ErrorCode.ARGUMENT_INVALID);
        assertThat(registry.model("shirts").promotion().orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void shouldRefuseCanariesThatMakeNoSense() {
        register("shirts");
        register("shirts");
        assertFails(() -> registry.canary("shirts", 2, 5, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("no production version");
        registry.promote("shirts", 1, "ada", "");
        assertFails(() -> registry.canary("shirts", 1, 5, "ada", ""), ErrorCode.STATE_CONFLICT);
        assertFails(() -> registry.canary("shirts", 9, 5, "ada", ""), ErrorCode.VERSION_UNKNOWN);
        assertFails(() -> registry.canary("shirts", 2, 101, "ada", ""), ErrorCode.ARGUMENT_INVALID);
        assertFails(() -> registry.canary("shirts", 2, -1, "ada", ""), ErrorCode.ARGUMENT_INVALID);
        assertFails(() -> registry.canary("shirts", 2, Double.NaN, "ada", ""), ErrorCode.ARGUMENT_INVALID);
    }

    @Test
    void shouldNameWhatExistsWhenSomethingDoesNot() {
        assertFails(() -> registry.model("shirts"), ErrorCode.MODEL_UNKNOWN).hasMessageContaining("none is registered");
        promoteThree();
        register("mugs");
        assertFails(() -> registry.promote("shrits", 1, "ada", ""), ErrorCode.MODEL_UNKNOWN)
                .hasMessage("No model is called \"shrits\"; these exist: mugs, shirts.");
        assertFails(() -> registry.promote("shirts", 7, "ada", ""), ErrorCode.VERSION_UNKNOWN)
                .hasMessage("shirts has no version 7; it has 1, 2, 3.");
        assertFails(() -> registry.audit("cups", 5), ErrorCode.MODEL_UNKNOWN);
    }

    @Test
    void shouldKeepTheMomentOfThePromotionThatIsInForce() {
        promoteThree();
        assertThat(registry.rollback("shirts", "ada", "").model().promotion()).contains(new Promotion(2, NOON));
    }

    @Test
    void shouldRefuseAChangeByNobody() {
        promoteThree();
        assertFails(() -> registry.promote("shirts", 1, " ", ""), ErrorCode.ARGUMENT_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "shirts", "shirts-v2.1_b", "0", "7up"})
    void shouldTakeNamesThatNeedNoQuoting(String name) {
        assertThat(ModelName.require(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shirts", "t shirts", "../etc", ".hidden", "-rf", "größe", "a/b", "a\n"})
    void shouldRefuseOtherNames(String name) {
        assertFails(() -> ModelName.require(name), ErrorCode.ARGUMENT_INVALID).hasMessageContaining("lower-case");
    }

    @Test
    void shouldRefuseANamePastSixtyFourCharacters() {
        assertThat(ModelName.require("a".repeat(64))).hasSize(64);
        assertFails(() -> ModelName.require("a".repeat(65)), ErrorCode.ARGUMENT_INVALID)
                .hasMessageContaining("65 characters");
    }

    private void promoteThree() {
        for (int number = 1; number <= 3; number++) {
            register("shirts");
            registry.promote("shirts", number, "ada", "");
        }
    }

    private int production() {
        return registry.model("shirts").promotion().orElseThrow().version();
    }

    private List<Action> actions() {
        return registry.audit("shirts", 100).stream().map(AuditEntry::action).toList();
    }

    private ModelVersion register(String name) {
        Registration registration = new Registration(
                name,
                "classification",
                "00".repeat(32),
                List.of("none", "hole"),
                "",
                Lineage.imported("model.onnx", "0.1.0", "2 cores"),
                new Registration.Quality(Map.of(), ""),
                new Registration.NetworkSize(480_000, 120_000));
        return registry.register(registration, "ada");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
