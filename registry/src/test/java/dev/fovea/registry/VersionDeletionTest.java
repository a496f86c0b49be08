package dev.fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Lineage;
import dev.fovea.registry.AuditEntry.Action;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionDeletionTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Registry registry = new Registry(new MemoryStore(), InstantSource.fixed(NOON));
    private final VersionDeletion deletion = new VersionDeletion(registry, () -> {});

    @Test
    void shouldNeverGiveANumberAgain() {
        register("shirts", "a1");
        register("shirts", "a2");
        delete("shirts", 2);
        assertThat(register("shirts", "a3").number()).isEqualTo(3);
        delete("shirts", 1);
        delete("shirts", 3);
        assertThat(registry.find("shirts")).isEmpty();
        assertThat(registry.isDeleted("shirts")).isTrue();
        assertThat(register("shirts", "a4").number()).isEqualTo(4);
        assertThat(registry.isDeleted("shirts")).isFalse();
        assertFails(() -> registry.version("shirts", 2), ErrorCode.VERSION_UNKNOWN)
                .hasMessage("Version 2 of shirts was deleted; shirts has 4.");
    }

    @Test
    void shouldKeepTheTrailWhenTheLastVersionIsDeleted() {
        register("shirts", "a1");
        deletion.unregister("shirts", 1, "ada", "wrong labels");
        assertThat(registry.audit("shirts", 10))
                .extracting(entry -> entry.action() + " " + entry.version() + " " + entry.reason())
                .containsExactly("DELETE 1 wrong labels", "REGISTER 1 ");
        assertFails(() -> registry.promote("shirts", 1, "ada", ""), ErrorCode.MODEL_UNKNOWN);
    }

    @Test
    void shouldRefuseWhatIsInUseAndSayTheRemedy() {
        registerThree();
        registry.promote("shirts", 1, "ada", "");
        registry.promote("shirts", 2, "ada", "");
        registry.canary("shirts", 3, 5, "ada", "");
        assertInUse("shirts", 2, "is in production", "fovea promote shirts N");
        assertInUse("shirts", 1, "A rollback of shirts returns to version 1", "fovea promote shirts N");
        assertInUse(
                "shirts",
                3,
                "is the canary at 5.0 %",
                "fovea canary shirts 3 0, or the rollout that made it: fovea rollout stop shirts");
        registry.canary("shirts", 3, 0, "ada", "");
        delete("shirts", 3);
        assertThat(registry.model("shirts").aliases()).isEqualTo(Map.of(Alias.PRODUCTION, 2));
    }

    @Test
    void shouldRefuseWhatCascadesAndFallbacksUse() {
        registerThree();
        register("mugs", "b1");
        registry.assistance()
                .cascade("shirts", new Cascade(new ModelRef.Local("mugs"), 0.5, 2, NOON, Optional.empty()), "ada", "");
        assertInUse("shirts", 2, "cascade", "fovea cascade off shirts");
        assertInUse("mugs", 1, "The cascade of shirts uses mugs", "fovea cascade off shirts");
        registry.assistance().endCascade("shirts", "ada", "");
        registry.assistance().fallback("shirts", new Fallback.FallbackModel(new ModelRef.Local("mugs")), "ada", "");
        assertInUse("mugs", 1, "The fallback of shirts uses mugs", "fovea fallback off shirts");
        registry.assistance().endFallback("shirts", "ada", "");
        delete("mugs", 1);
        delete("shirts", 2);
    }

    @Test
    void shouldTakeADeletedVersionOutOfTheProductionHistory() {
        registerThree();
        for (int number : new int[] {2, 1, 2, 3}) {
            registry.promote("shirts", number, "ada", "");
        }
        delete("shirts", 1);
        assertThat(registry.model("shirts").promotions())
                .extracting(Promotion::version)
                .containsExactly(2, 3);
    }

    @Test
    void shouldTellWhetherAnotherVersionHasTheBundle() {
        register("shirts", "a1");
        register("shirts", "a1");
        register("mugs", "a1");
        assertThat(deletion.isShared(deletion.unregister("shirts", 1, "ada", "")))
                .isTrue();
        assertThat(deletion.isShared(deletion.unregister("shirts", 2, "ada", "")))
                .isTrue();
        assertThat(deletion.isShared(deletion.unregister("mugs", 1, "ada", ""))).isFalse();
    }

    @Test
    void shouldDeleteAModelThatServesOnlyWhenThatIsSaid() {
        registerThree();
        registry.promote("shirts", 2, "ada", "");
        registry.canary("shirts", 3, 5, "ada", "");
        assertFails(() -> deletion.unregisterAll("shirts", false, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("version 2 is in production")
                .hasMessageContaining("--force")
                .hasMessageContaining("404");
        assertThat(registry.model("shirts").versions()).hasSize(3);
        RegisteredModel was = deletion.unregisterAll("shirts", true, "ada", "moved away");
        assertThat(was.versions()).hasSize(3);
        assertThat(registry.find("shirts")).isEmpty();
        assertThat(registry.isDeleted("shirts")).isTrue();
        assertThat(registry.audit("shirts", 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .isEqualTo(new AuditEntry(
                                NOON,
                                "ada",
                                Action.DELETE,
                                "shirts",
                                0,
                                "moved away",
                                "all versions: 1, 2, 3; 2 was in production")));
        assertThat(register("shirts", "a4").number()).isEqualTo(4);
        assertThat(registry.model("shirts").promotions()).isEmpty();
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.None());
    }

    @Test
    void shouldNotDeleteAModelThatAnotherOneUses() {
        registerThree();
        register("mugs", "b1");
        registry.assistance().fallback("shirts", new Fallback.FallbackModel(new ModelRef.Local("mugs")), "ada", "");
        assertFails(() -> deletion.unregisterAll("mugs", true, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("The fallback of shirts uses mugs")
                .hasMessageContaining("fovea fallback off shirts");
        deletion.unregisterAll("shirts", false, "ada", "");
        deletion.unregisterAll("mugs", false, "ada", "");
        assertThat(registry.models()).isEmpty();
    }

    @Test
    void shouldArchiveOnlyWhatNothingUses() {
        registerThree();
        registry.promote("shirts", 1, "ada", "");
        registry.promote("shirts", 2, "ada", "");
        registry.canary("shirts", 3, 5, "ada", "");
        for (int number = 1; number <= 3; number++) {
            int used = number;
            assertFails(() -> registry.archive("shirts", used, "ada", ""), ErrorCode.STATE_CONFLICT);
        }
        registry.canary("shirts", 3, 0, "ada", "");
        RegisteredModel model = registry.archive("shirts", 3, "ada", "too slow");
        assertThat(model.archived()).containsExactly(3);
        assertThat(model.active()).extracting(ModelVersion::number).containsExactly(1, 2);
        assertThat(model.latest()).map(ModelVersion::number).contains(2);
        assertThat(model.aliases()).isEqualTo(Map.of(Alias.PRODUCTION, 2));
        assertThat(registry.archive("shirts", 3, "ada", "again")).isEqualTo(model);
        assertThat(registry.audit("shirts", 1))
                .extracting(entry -> entry.action() + " " + entry.version() + " " + entry.reason())
                .containsExactly("ARCHIVE 3 too slow");
    }

    @Test
    void shouldPromoteAnArchivedVersionOnlyAfterItIsRestored() {
        registerThree();
        registry.promote("shirts", 1, "ada", "");
        registry.archive("shirts", 3, "ada", "");
        assertFails(() -> registry.promote("shirts", 3, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("fovea restore shirts@3");
        assertFails(() -> registry.canary("shirts", 3, 5, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining("fovea restore shirts@3");
        assertThat(register("shirts", "a4").number()).isEqualTo(4);
        registry.restore("shirts", 3, "ada", "needed after all");
        assertThat(registry.audit("shirts", 1))
                .extracting(AuditEntry::action, AuditEntry::version)
                .containsExactly(tuple(Action.RESTORE, 3));
        assertThat(registry.promote("shirts", 3, "ada", "").promotion())
                .map(Promotion::version)
                .contains(3);
        registry.archive("shirts", 2, "ada", "");
        delete("shirts", 2);
        assertThat(registry.model("shirts").archived()).isEmpty();
    }

    /** Whatever is done in whatever order, production exists and a rollback moves to another version that exists. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldLeaveOnlyLegalStates(long seed) {
        Random random = new Random(seed);
        registerThree();
        for (int step = 0; step < 300; step++) {
            int number = 1 + random.nextInt(6);
            try {
                switch (random.nextInt(7)) {
                    case 0 -> deletion.unregister("shirts", number, "ada", "");
                    case 1 -> registry.rollback("shirts", "ada", "");
                    case 2 -> register("shirts", "a" + step);
                    case 3 -> registry.canary("shirts", number, 5, "ada", "");
                    case 4 -> registry.archive("shirts", number, "ada", "");
                    case 5 -> registry.restore("shirts", number, "ada", "");
                    default -> registry.promote("shirts", number, "ada", "");
                }
            } catch (FoveaException e) {
                assertThat(e.code())
                        .isIn(ErrorCode.STATE_CONFLICT, ErrorCode.VERSION_UNKNOWN, ErrorCode.NOTHING_TO_ROLL_BACK);
            }
            RegisteredModel model = registry.model("shirts");
            List<Integer> numbers =
                    model.versions().stream().map(ModelVersion::number).toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates().noneMatch(model.deleted()::contains);
            assertThat(numbers).containsAll(model.aliases().values());
            List<Integer> history =
                    model.promotions().stream().map(Promotion::version).toList();
            assertThat(numbers).containsAll(history).containsAll(model.archived());
            assertThat(history).noneMatch(model.archived()::contains);
            assertThat(model.aliases().values()).noneMatch(model.archived()::contains);
            model.earlierProduction().ifPresent(earlier -> assertThat(earlier).isNotEqualTo(history.getLast()));
        }
        assertThat(registry.audit("shirts", 1000))
                .extracting(AuditEntry::action)
                .contains(Action.DELETE);
    }

    private void registerThree() {
        for (int number = 1; number <= 3; number++) {
            register("shirts", "c" + number);
        }
    }

    private void delete(String name, int number) {
        assertThat(deletion.unregister(name, number, "ada", "").number()).isEqualTo(number);
    }

    private void assertInUse(String name, int number, String why, String remedy) {
        assertFails(() -> deletion.unregister(name, number, "ada", ""), ErrorCode.STATE_CONFLICT)
                .hasMessageContaining(why)
                .hasMessageContaining(remedy);
        assertThat(registry.version(name, number).number()).isEqualTo(number);
    }

    private ModelVersion register(String name, String bundle) {
        Registration registration = new Registration(
                name,
                "classification",
                bundle,
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
