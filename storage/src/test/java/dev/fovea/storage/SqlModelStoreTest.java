package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Alias;
import dev.fovea.registry.Assistance;
import dev.fovea.registry.AuditEntry.Action;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionDeletion;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class SqlModelStoreTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private Registry registry;

    @BeforeEach
    void choose() {
        settings = pair.in(directory);
        open();
    }

    private void open() {
        home = Home.open(settings, "0.1.0");
        registry = new Registry(home.models(), InstantSource.system());
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void shouldReadWhatWasRegistered() {
        Registration registration = Models.registration("shirts", "first");
        ModelVersion registered = registry.register(registration, "ada");
        reopen();
        assertThat(registry.version("shirts", 1)).isEqualTo(registered);
        assertThat(registry.version("shirts", 1).registration()).isEqualTo(registration);
    }

    @Test
    void shouldReadEveryStateAsReturned() {
        registry.register(Models.registration("shirts", ""), "ada");
        registry.register(Models.registration("shirts", ""), "ada");
        registry.register(Models.registration("mugs", ""), "ada");
        assertStored(registry.promote("shirts", 1, "ada", "first"));
        assertStored(registry.canary("shirts", 2, 5, "ada", "try"));
        assertStored(registry.canary("shirts", 2, 12.5, "ada", "try more"));
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.CanaryTraffic(2, 12.5));
        assertStored(registry.canary("shirts", 2, 0, "ada", ""));
        assertStored(registry.split("shirts", Rollout.SplitTraffic.of(-5, new TreeMap<>(Map.of(2, 33.3))), "ada", ""));
        assertThat(registry.model("shirts").rollout()).isInstanceOf(Rollout.SplitTraffic.class);
        assertStored(registry.promote("shirts", 2, "ada", "better"));
        assertStored(registry.rollback("shirts", "bob", "worse").model());
        assertThat(registry.model("shirts").aliases()).isEqualTo(Map.of(Alias.PRODUCTION, 1));
        assertThat(registry.models()).extracting(RegisteredModel::name).containsExactly("mugs", "shirts");
    }

    @Test
    void shouldReadCascadesAndFallbacksAndIncrementRevision() {
        registry.register(Models.registration("shirts", ""), "ada");
        Cascade.Estimate figure = new Cascade.Estimate(0.25, 0.2, 0.3);
        Cascade planned = new Cascade(
                new ModelRef.Remote("vision"),
                0.8125,
                1,
                Instant.ofEpochSecond(1, 5000),
                Optional.of(new Cascade.Expectation(
                        340, 0.95, figure, figure, new Cascade.Estimate(1.5, 1.2, 1.8), "USD")));
        long before = registry.revision();
        assertStored(registry.assistance().cascade("shirts", planned, "ada", "unsure of tears"));
        assertThat(registry.model("shirts").assistance().cascade()).contains(planned);
        assertStored(registry.assistance().fallback("shirts", new Fallback.Label("none"), "ada", ""));
        assertStored(registry.assistance()
                .fallback("shirts", new Fallback.FallbackModel(new ModelRef.Local("mugs")), "ada", ""));
        assertThat(registry.revision()).isEqualTo(before + 3);
        assertStored(registry.promote("shirts", 1, "ada", ""));
        assertThat(registry.model("shirts").assistance().cascade()).contains(planned);
        assertStored(registry.assistance().endCascade("shirts", "bob", "too dear"));
        assertStored(registry.assistance().endFallback("shirts", "bob", ""));
        assertThat(registry.model("shirts").assistance()).isEqualTo(Assistance.NONE);
        registry.assistance().endCascade("shirts", "bob", "once more");
        assertThat(registry.audit("shirts", 10))
                .extracting(entry -> entry.action() + " " + entry.detail())
                .startsWith(
                        "END_FALLBACK was to mugs",
                        "END_CASCADE was to remote:vision below 0.8125",
                        "PROMOTE first production version",
                        "FALLBACK to mugs",
                        "FALLBACK to \"none\"",
                        "CASCADE to remote:vision below 0.8125");
    }

    @Test
    void shouldKeepNumbersOfDeletedVersionsAndTheTrailInTheNextProcess() {
        VersionDeletion deletion = new VersionDeletion(registry, home.leftovers());
        registry.register(Models.registration("shirts", "one"), "ada");
        registry.register(Models.registration("shirts", "two"), "ada");
        registry.register(Models.registration("shirts", "three"), "ada");
        for (int number : new int[] {2, 1, 2, 3}) {
            registry.promote("shirts", number, "ada", "");
        }
        RegisteredModel before = registry.model("shirts");
        ModelVersion deleted = deletion.unregister("shirts", 1, "bob", "wrong labels");
        assertThat(deletion.isShared(deleted)).isTrue();
        reopen();
        RegisteredModel after = registry.model("shirts");
        assertThat(after.versions())
                .containsExactly(before.versions().get(1), before.versions().get(2));
        assertThat(after.deleted()).containsExactly(1);
        assertThat(after.promotions()).extracting(Promotion::version).containsExactly(2, 3);
        assertThat(after.aliases()).isEqualTo(before.aliases());
        assertThat(registry.rollback("shirts", "ada", "").to()).isEqualTo(2);
        assertThat(registry.audit("shirts", 10))
                .anySatisfy(entry -> assertThat(entry.action() + " " + entry.version() + " " + entry.reason())
                        .isEqualTo("DELETE 1 wrong labels"));
    }

    @Test
    void shouldGiveTheNextNumberAfterTheLastVersionWasDeleted() {
        registry.register(Models.registration("shirts", "one"), "ada");
        registry.assistance().fallback("shirts", new Fallback.Label("none"), "ada", "");
        new VersionDeletion(registry, home.leftovers()).unregister("shirts", 1, "ada", "");
        reopen();
        assertThat(registry.models()).isEmpty();
        assertThat(registry.find("shirts")).isEmpty();
        assertThat(registry.isDeleted("shirts")).isTrue();
        assertThat(registry.register(Models.registration("shirts", "again"), "ada")
                        .number())
                .isEqualTo(2);
        assertThat(registry.model("shirts").assistance()).isEqualTo(Assistance.NONE);
        assertThat(registry.audit("shirts", 10)).hasSize(4);
    }

    @Test
    void shouldKeepTheTrailNewestFirst() {
        registry.register(Models.registration("shirts", "made at night"), "ada");
        registry.promote("shirts", 1, "bob", "nothing better");
        assertThat(registry.audit("shirts", 10)).hasSize(2).first().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(Action.PROMOTE);
            assertThat(entry.who()).isEqualTo("bob");
            assertThat(entry.version()).isEqualTo(1);
            assertThat(entry.reason()).isEqualTo("nothing better");
        });
        assertThat(registry.audit("shirts", 1)).hasSize(1);
    }

    @Test
    void shouldChangeNothingWhenAStepFails() {
        registry.register(Models.registration("shirts", ""), "ada");
        registry.promote("shirts", 1, "ada", "");
        RegisteredModel before = registry.model("shirts");
        long revision = registry.revision();
        assertThatThrownBy(() -> registry.rollback("shirts", "ada", ""))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTHING_TO_ROLL_BACK));
        assertThat(registry.model("shirts")).isEqualTo(before);
        assertThat(registry.revision()).isEqualTo(revision);
        assertThat(registry.audit("shirts", 10)).hasSize(2);
    }

    @Test
    void shouldGrowTheRevisionWithEachChangeAndOnlyThen() {
        registry.register(Models.registration("shirts", ""), "ada");
        long registered = registry.revision();
        registry.promote("shirts", 1, "ada", "");
        long promoted = registry.revision();
        registry.promote("shirts", 1, "ada", "again");
        assertThat(promoted).isGreaterThan(registered);
        assertThat(registry.revision()).isEqualTo(promoted);
    }

    @Test
    void shouldNumberVersionsApartWhenTwoProcessesRegisterAtOnce() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("25"));
        arguments.addAll(Pair.arguments(settings));
        Process one = ChildProcess.start(RegisteringProcess.class, arguments.toArray(String[]::new));
        Process two = ChildProcess.start(RegisteringProcess.class, arguments.toArray(String[]::new));
        List<Integer> numbers = new ArrayList<>();
        for (Process process : List.of(one, two)) {
            try (BufferedReader output = ChildProcess.output(process)) {
                output.lines().map(Integer::valueOf).forEach(numbers::add);
            }
            assertThat(process.waitFor()).isZero();
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 50).boxed().toList());
        assertThat(registry.model("shirts").versions()).hasSize(50);
    }

    private void assertStored(RegisteredModel returned) {
        assertThat(registry.model(returned.name())).isEqualTo(returned);
    }

    private void reopen() {
        close();
        open();
    }
}
