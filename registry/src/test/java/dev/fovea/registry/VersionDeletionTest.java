package dev.fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Lineage;
import dev.fovea.registry.AuditEntry.Action;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final List<String> removed = new ArrayList<>();
    private final VersionDeletion deletion = new VersionDeletion(registry, new BundleStore() {
        @Override
        public String put(Path bundle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path path(String id) {
            throw new UnsupportedOperationException("a deletion reads no bundle");
        }

        @Override
        public void remove(String id) {
            removed.add(id);
        }
    });

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
        assertInUse("shirts", 3, "is the canary at 5.0 %", "fovea canary shirts 3 0");
        registry.canary("shirts", 3, 0, "ada", "");
        delete("shirts", 3);
        assertThat(registry.model("shirts").aliases()).isEqualTo(Map.of(Alias.PRODUCTION, 2));
    }

    @Test
    void shouldRefuseWhatCascadesAndFallbacksUse() {
        registerThree();
        register("mugs", "b1");
        registry.cascade("shirts", new Cascade(new OtherModel.Here("mugs"), 0.5, 2, NOON, Optional.empty()), "ada", "");
        assertInUse("shirts", 2, "cascade", "fovea cascade off shirts");
        assertInUse("mugs", 1, "The cascade of shirts uses mugs", "fovea cascade off shirts");
        registry.endCascade("shirts", "ada", "");
        registry.fallback("shirts", new Fallback.Model(new OtherModel.Here("mugs")), "ada", "");
        assertInUse("mugs", 1, "The fallback of shirts uses mugs", "fovea fallback off shirts");
        registry.endFallback("shirts", "ada", "");
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
    void shouldRemoveABundleWithItsLastVersion() {
        ModelVersion first = register("shirts", "a1");
        ModelVersion twin = register("shirts", "a1");
        ModelVersion other = register("mugs", "a1");
        assertThat(deletion.removeBundle(deletion.unregister("shirts", first.number(), "ada", "")))
                .isFalse();
        assertThat(deletion.removeBundle(deletion.unregister("shirts", twin.number(), "ada", "")))
                .isFalse();
        assertThat(removed).isEmpty();
        assertThat(deletion.removeBundle(deletion.unregister("mugs", other.number(), "ada", "")))
                .isTrue();
        assertThat(removed).containsExactly(other.bundleId());
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
                switch (random.nextInt(5)) {
                    case 0 -> deletion.unregister("shirts", number, "ada", "");
                    case 1 -> registry.rollback("shirts", "ada", "");
                    case 2 -> register("shirts", "a" + step);
                    case 3 -> registry.canary("shirts", number, 5, "ada", "");
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
            assertThat(numbers).containsAll(history);
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
                Map.of(),
                "",
                480_000,
                120_000);
        return registry.register(registration, "ada");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable work, ErrorCode code) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
