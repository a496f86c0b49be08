package dev.fovea.serving.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PredictorTest {

    private static final String MODEL = "shirts";

    @TempDir
    private Path directory;

    private Shop shop;
    private Releases releases;

    @BeforeEach
    void open() {
        shop = new Shop(directory);
        releases = new Releases(shop.registry, shop.predictor.models(), new VersionDeletion(shop.registry, () -> {}));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldNotLoadAnArchivedVersionUntilItIsRestored() {
        promoted(0);
        int second = shop.register(MODEL, 5);
        Optional<Integer> stated = Optional.of(second);
        assertThat(shop.ask(MODEL, stated, Optional.empty()).version().version())
                .isEqualTo(second);
        releases.archive(MODEL, second, "tester", "");
        assertThat(shop.predictor.models().state(new VersionId(MODEL, second))).isEmpty();
        assertCode(ErrorCode.STATE_CONFLICT, () -> shop.ask(MODEL, stated, Optional.empty()));
        assertCode(ErrorCode.STATE_CONFLICT, () -> releases.promote(MODEL, second, "tester", ""));
        assertCode(ErrorCode.STATE_CONFLICT, () -> releases.canary(MODEL, second, 5, "tester", ""));
        assertThat(shop.predictor.models().state(new VersionId(MODEL, second))).isEmpty();
        shop.registry.restore(MODEL, second, "another process", "");
        assertThat(shop.ask(MODEL, stated, Optional.empty()).version().version())
                .isEqualTo(second);
    }

    @Test
    void shouldAnswerFromProductionAndFromAStatedVersionLoadedOnDemand() {
        promoted(0);
        shop.register(MODEL, 5);
        assertThat(shop.predictor.models().state(new VersionId(MODEL, 2))).isEmpty();
        shop.predictor.models().follow(MODEL);
        assertThat(shop.ask(MODEL).version()).isEqualTo(new VersionId(MODEL, 1));
        ServedPrediction stated = shop.ask(MODEL, Optional.of(2), Optional.empty());
        assertThat(stated.version()).isEqualTo(new VersionId(MODEL, 2));
        assertThat(stated.prediction().classification().best().label()).isEqualTo("red");
        assertThat(stated.prediction().classification().best().confidence()).isGreaterThan(0.99);
        assertThat(shop.answers).containsExactly(new VersionId(MODEL, 1), new VersionId(MODEL, 2));
    }

    @Test
    void shouldFindAStatedVersionThatWasRegisteredSinceTheLastLook() {
        promoted(0);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
        shop.register(MODEL, 5);
        assertThat(shop.ask(MODEL, Optional.of(2), Optional.empty()).version().version())
                .isEqualTo(2);
    }

    @Test
    void shouldNameWhatExistsWhenAModelOrAVersionIsUnknown() {
        promoted(0);
        assertCode(ErrorCode.MODEL_UNKNOWN, () -> shop.ask("trousers")).hasMessageContaining(MODEL);
        assertCode(ErrorCode.VERSION_UNKNOWN, () -> shop.ask(MODEL, Optional.of(9), Optional.empty()))
                .hasMessageContaining("it has 1");
    }

    @Test
    void shouldSayThatNothingIsInProduction() {
        shop.register(MODEL, 0);
        assertCode(ErrorCode.MODEL_NOT_SERVED, () -> shop.ask(MODEL)).hasMessageContaining("fovea promote shirts");
    }

    @Test
    void shouldKeepTheOldProductionWhenTheNewOneCannotBeLoaded() {
        promoted(0);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
        int lost = shop.registerLost(MODEL);
        assertCode(ErrorCode.BUNDLE_CORRUPT, () -> releases.promote(MODEL, lost, "tester", ""));
        assertThat(shop.registry.model(MODEL).promotion().orElseThrow().version())
                .isEqualTo(1);

        // another process, which has the bundle, promotes it all the same
        shop.registry.promote(MODEL, lost, "other", "");
        shop.predictor.models().follow(MODEL);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
        assertThat(shop.predictor
                        .models()
                        .state(new VersionId(MODEL, lost))
                        .orElseThrow()
                        .label())
                .isEqualTo("failed");
        assertCode(ErrorCode.BUNDLE_CORRUPT, () -> shop.ask(MODEL, Optional.of(lost), Optional.empty()));

        shop.replace(lost, MODEL, 3);
        shop.predictor.models().follow(MODEL);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
        shop.nanos.addAndGet(ModelPool.FIRST_RETRY.toNanos());
        shop.predictor.models().follow(MODEL);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(lost);
    }

    @Test
    void shouldTellTheReasonWhenTheFirstProductionCannotBeLoaded() {
        int lost = shop.registerLost(MODEL);
        shop.registry.promote(MODEL, lost, "other", "");
        assertCode(ErrorCode.BUNDLE_CORRUPT, () -> shop.ask(MODEL)).hasMessageContaining("No bundle");
    }

    @Test
    void shouldNotLoadABrokenVersionAnewForEachRequestThatNamesIt() {
        shop.register("m", 0);
        int lost = shop.registerLost("m");
        shop.registry.promote("m", 1, "tester", "");
        for (int request = 0; request < 5; request++) {
            assertThatThrownBy(() -> shop.ask("m", Optional.of(lost), Optional.empty()))
                    .isInstanceOf(FoveaException.class);
        }
        VersionId id = new VersionId("m", lost);
        assertThat(shop.transitions.stream().filter(moved -> moved.id().equals(id)))
                .hasSize(1);
        // who promotes it wants it tried now
        assertThatThrownBy(() -> shop.predictor.models().validate("m", lost)).isInstanceOf(FoveaException.class);
        assertThat(shop.transitions.stream().filter(moved -> moved.id().equals(id)))
                .hasSize(2);
    }

    @Test
    void shouldFollowTheOtherModelsWhenOneCannotBeFollowed() {
        shop.register("a", 0);
        shop.register("b", 0);
        List<String> followed = new CopyOnWriteArrayList<>();
        List<String> troubles = new CopyOnWriteArrayList<>();
        Reconciler.ReconcilerListener listener = new Reconciler.ReconcilerListener() {
            @Override
            public void followed(RegisteredModel model) {
                if (model.name().equals("a")) {
                    throw new IllegalStateException("a cannot be followed");
                }
                followed.add(model.name());
            }

            @Override
            public void current() {
                followed.add("the registry");
            }

            @Override
            public void failed(String model, RuntimeException e) {
                troubles.add(model + ": " + e.getMessage());
            }

            @Override
            public void failed(RuntimeException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        };
        try (Reconciler reconciler =
                new Reconciler(shop.registry, shop.predictor.models(), listener, shop.nanos::get)) {
            reconciler.start(Duration.ofHours(1));
        }
        assertThat(followed).containsExactly("b", "the registry");
        assertThat(troubles).containsExactly("a: a cannot be followed");
    }

    @Test
    void shouldShareTrafficWithTheCanaryByKeyAndReturnItAfterwards() {
        promoted(0);
        shop.register(MODEL, 5);
        releases.canary(MODEL, 2, 50, "tester", "");
        List<Integer> first = new ArrayList<>();
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            first.add(versionFor("user-" + i));
        }
        for (int i = 0; i < 100; i++) {
            again.add(versionFor("user-" + i));
        }
        assertThat(again).isEqualTo(first);
        assertThat(first.stream().filter(version -> version == 2).count()).isBetween(25L, 75L);
        releases.canary(MODEL, 2, 0, "tester", "");
        assertThat(versionFor("user-" + first.indexOf(2))).isEqualTo(1);
    }

    @Test
    void shouldSendTheCanarysTrafficToProductionWhereTheCanaryCannotBeLoaded() {
        promoted(0);
        int lost = shop.registerLost(MODEL);
        shop.registry.canary(MODEL, lost, 100, "other", "");
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
    }

    @Test
    void shouldFollowARollback() {
        promoted(0);
        shop.register(MODEL, 5);
        releases.promote(MODEL, 2, "tester", "");
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(2);
        assertThat(releases.rollback(MODEL, "tester", "worse").to()).isEqualTo(1);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
    }

    @Test
    void shouldDropNoRequestWhileTheRouteFlips() throws Exception {
        promoted(0);
        shop.register(MODEL, 5);
        AtomicBoolean flipping = new AtomicBoolean(true);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(callers.submit(() -> {
                    int count = 0;
                    while (flipping.get()) {
                        ServedPrediction answer = shop.ask(MODEL);
                        boolean second = answer.version().version() == 2;
                        assertThat(answer.prediction().classification().best().confidence() > 0.9)
                                .isEqualTo(second);
                        count++;
                    }
                    return count;
                }));
            }
            for (int flip = 0; flip < 30; flip++) {
                releases.promote(MODEL, 2 - flip % 2, "tester", "");
            }
            flipping.set(false);
            for (Future<Integer> caller : asked) {
                assertThat(caller.get()).isPositive();
            }
        }
        assertThat(shop.failures).isEmpty();
    }

    @Test
    void shouldReportLegalTransitionsInOrder() {
        promoted(0);
        shop.ask(MODEL);
        int lost = shop.registerLost(MODEL);
        assertCode(ErrorCode.BUNDLE_CORRUPT, () -> shop.predictor.models().validate(MODEL, lost));
        shop.predictor.models().drain();
        assertThat(shop.transitions)
                .extracting(moved -> moved.id().version() + " " + moved.from().label() + " → "
                        + moved.to().label())
                .containsExactly(
                        "1 loading → warming",
                        "1 warming → ready",
                        "2 loading → failed",
                        "1 ready → draining",
                        "1 draining → retired");
    }

    @Test
    void shouldRunAsItWasTunedFromTheNextLookOnWithoutLosingARequest() throws Exception {
        promoted(0);
        shop.predictor.models().follow(MODEL);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!done.get()) {
                shop.ask(MODEL);
                count++;
            }
            return count;
        });
        InstanceSettings tuned = new InstanceSettings(1, 2, 2);
        String bundle = shop.registry.version(MODEL, 1).bundleId();
        shop.tunings.save(bundle, "here", new Tuning(Optional.empty(), List.of(new TuningTrial(tuned, 100, 1, 2))));
        shop.predictor.models().follow(MODEL);
        shop.predictor.models().follow(MODEL);
        assertThat(shop.predictor
                        .models()
                        .instance(new VersionId(MODEL, 1))
                        .orElseThrow()
                        .setting())
                .contains(tuned);
        shop.ask(MODEL);
        done.set(true);
        assertThat(asked.get(30, TimeUnit.SECONDS)).isPositive();
        assertThat(shop.failures).isEmpty();
        assertThat(shop.transitions)
                .filteredOn(moved -> moved.to() instanceof LoadedVersionState.Ready)
                .hasSize(2);
        assertThat(shop.transitions)
                .filteredOn(moved -> moved.to() instanceof LoadedVersionState.Retired)
                .hasSize(1);
    }

    @Test
    void shouldServeNothingOfAnUnloadedModelUntilItIsLoadedAgain() {
        promoted(0);
        shop.predictor.models().follow(MODEL);
        shop.predictor.models().unload(MODEL);
        assertCode(ErrorCode.MODEL_NOT_SERVED, () -> shop.ask(MODEL)).hasMessageContaining("unloaded");
        assertThat(shop.predictor.models().isReady(MODEL, Optional.empty())).isFalse();
        shop.predictor.models().follow(MODEL);
        assertCode(ErrorCode.MODEL_NOT_SERVED, () -> shop.ask(MODEL));
        shop.predictor.models().load(MODEL);
        assertThat(shop.ask(MODEL).version().version()).isEqualTo(1);
        assertCode(ErrorCode.MODEL_UNKNOWN, () -> shop.predictor.models().unload("nobody"));
    }

    @Test
    void shouldTakeAndLoadNothingAfterADrain() {
        promoted(0);
        shop.register(MODEL, 5);
        shop.ask(MODEL);
        shop.predictor.models().drain();
        assertCode(ErrorCode.MODEL_NOT_SERVED, () -> shop.ask(MODEL)).hasMessageContaining("retired");
        assertCode(ErrorCode.STOPPING, () -> shop.ask(MODEL, Optional.of(2), Optional.empty()));
    }

    @Test
    void shouldBeReadyUntilItsModelsStop() {
        assertThat(shop.predictor.models().isReady())
                .as("without a model there is nothing that could fail")
                .isTrue();
        promoted(0);
        shop.predictor.models().follow(MODEL);
        assertThat(shop.predictor.models().health()).containsExactly(new ModelHealth(MODEL, 1, Optional.empty()));
        assertThat(shop.predictor.models().isReady()).isTrue();
        shop.predictor.models().drain();
        assertThat(shop.predictor.models().isReady()).isFalse();
        assertThat(shop.predictor
                        .models()
                        .health()
                        .getFirst()
                        .problem()
                        .orElseThrow()
                        .code())
                .isEqualTo(ErrorCode.MODEL_NOT_SERVED);
    }

    private int versionFor(String key) {
        return shop.ask(MODEL, Optional.empty(), Optional.of(key)).version().version();
    }

    private void promoted(float bias) {
        shop.registry.promote(MODEL, shop.register(MODEL, bias), "tester", "");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertCode(
            ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
