package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.traffic.truth.SettledTruth;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthConflict;
import dev.fovea.traffic.truth.TruthCounts;
import dev.fovea.traffic.truth.TruthReceipt;
import dev.fovea.traffic.truth.TruthSource;
import dev.fovea.traffic.truth.Truths;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
class TruthsTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private final LoggedInMemory log = new LoggedInMemory();
    private Truths truths;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
        Registry registry = new Registry(home.models(), Clock.systemUTC());
        registry.register(Models.registration("shirts", ""), "ada");
        registry.register(Models.registration("shirts", ""), "ada");
        truths = new Truths(registry, home.production().truths(), log);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void shouldJoinTruthToTheVersionThatPredicted() {
        predicted("a", 1, "hole");
        predicted("b", 2, "none");

        TruthReceipt receipt = truths.add("shirts", List.of(truth("a", "hole"), truth("b", "tear")), false);

        assertThat(receipt.joined()).isEqualTo(2);
        assertThat(right(1)).containsExactly(true);
        assertThat(right(2)).containsExactly(false);
        assertThat(truths.store().settled("shirts", 2, Instant.EPOCH, NOON.plusSeconds(9)))
                .containsExactly(new SettledTruth("b", 2, "c0ffee", NOON, Optional.of(false)));
    }

    @Test
    void shouldCountAndListRepeatedConflictingAndWaitingOnes() {
        predicted("a", 1, "hole");
        predicted("b", 1, "hole");
        truths.add("shirts", List.of(truth("a", "hole"), truth("b", "hole")), false);

        TruthReceipt receipt =
                truths.add("shirts", List.of(truth("a", "hole"), truth("b", "none"), truth("late", "none")), false);

        assertThat(receipt)
                .isEqualTo(new TruthReceipt(
                        3, 1, 1, 1, 0, 0, 1, new TruthReceipt.Examples(List.of("b"), List.of("late"), List.of())));
        assertThat(truths.store().counts("shirts")).isEqualTo(new TruthCounts(3, 2, 1, 1, 1, 0));
        assertThat(truths.store().conflicts("shirts", 9))
                .containsExactly(new TruthConflict(
                        "b", new TrueLabels.TrueLabel("hole"), new TrueLabels.TrueLabel("none"), NOON));
        assertThat(right(1)).containsExactly(true, true);
    }

    @Test
    void shouldReplaceLabelsWhereThatIsAskedFor() {
        predicted("a", 1, "hole");
        truths.add("shirts", List.of(truth("a", "hole")), false);

        TruthReceipt receipt = truths.add("shirts", List.of(truth("a", "none")), true);

        assertThat(receipt.replaced()).isEqualTo(1);
        assertThat(right(1)).containsExactly(false);
    }

    @Test
    void shouldJoinTruthThatCameBeforeItsPredictionLater() {
        truths.add("shirts", List.of(truth("late", "hole")), false);
        predicted("late", 2, "hole");

        int joined = truths.settle("shirts").joined();

        assertThat(joined).isEqualTo(1);
        assertThat(right(2)).containsExactly(true);
        assertThat(truths.store().waiting("shirts")).isEmpty();
    }

    @Test
    void shouldNotJoinTruthOfAnIdThatStandsForPredictionsThatDiffer() {
        predicted("twice", 1, "hole");
        predicted("twice", 1, "none");
        predicted("repeated", 1, "hole");
        predicted("repeated", 1, "hole");
        predicted("shadowed", 1, "hole");
        predicted("shadowed", 2, "none");

        TruthReceipt receipt = truths.add(
                "shirts", List.of(truth("twice", "hole"), truth("repeated", "hole"), truth("shadowed", "hole")), false);

        assertThat(receipt.joined()).isEqualTo(2);
        assertThat(receipt.examples().ambiguous()).containsExactly("twice");
        assertThat(truths.settle("shirts").counts(truths.store().counts("shirts")))
                .isEqualTo(new TruthCounts(3, 2, 1, 0, 0, 1));
        assertThat(right(1)).containsExactly(true, true);
        assertThat(right(2)).containsExactly(false);
    }

    @Test
    void shouldRefuseLabelsThatAreNoClassWithTheClassesAndAddNothing() {
        assertThatThrownBy(() -> truths.add("shirts", List.of(truth("a", "hole"), truth("b", "hloe")), false))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANNOTATION_INVALID))
                .hasMessage(
                        "1 label is no class of shirts: hloe. Its classes are hole, none, tear. Nothing was added.");
        assertThat(truths.store().counts("shirts").stored()).isZero();
    }

    @Test
    void shouldRefuseOneIdWithTwoLabels() {
        assertThatThrownBy(() -> truths.add("shirts", List.of(truth("a", "hole"), truth("a", "none")), false))
                .hasMessageContaining("The request \"a\" is there twice");
    }

    @Test
    void shouldKeepNothingOfADeletedModel() {
        predicted("a", 1, "hole");
        truths.add("shirts", List.of(truth("a", "hole"), truth("b", "hole")), false);
        truths.add("shirts", List.of(truth("a", "hole"), truth("b", "none")), false);

        new VersionDeletion(new Registry(home.models(), Clock.systemUTC()), home.leftovers())
                .unregisterAll("shirts", true, "ada", "");

        assertThat(truths.store().counts("shirts")).isEqualTo(new TruthCounts(0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldTakeManyAtOnce() {
        List<Truth> many = IntStream.range(0, 20_000)
                .mapToObj(i -> truth("r" + i, i % 10 == 0 ? "none" : "hole"))
                .toList();
        for (int i = 0; i < 20_000; i++) {
            predicted("r" + i, 1, "hole");
        }

        TruthReceipt receipt = truths.add("shirts", many, false);

        assertThat(receipt.joined()).isEqualTo(20_000);
        assertThat(right(1)).hasSize(20_000);
    }

    private List<Boolean> right(int version) {
        return truths.store().settled("shirts", version, Instant.EPOCH, NOON.plusSeconds(9)).stream()
                .map(one -> one.right().orElseThrow())
                .toList();
    }

    private void predicted(String request, int version, String label) {
        log.add(request, version, label, NOON);
    }

    private static Truth truth(String request, String label) {
        return new Truth(request, new TrueLabels.TrueLabel(label), TruthSource.REPORTED, NOON);
    }
}
