package dev.fovea.serving.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.FakeRemote;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.Shop;
import dev.fovea.serving.pool.Releases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RouterTest implements RoutingListener {

    private static final String SMALL = "small";
    private static final String LARGE = "large";
    private static final ModelRef LARGER = new ModelRef.Local(LARGE);
    private static final ModelRef VISION = new ModelRef.Remote("vision");
    private static final Declarations.Author AUTHOR = new Declarations.Author("tester", "for the test");

    @TempDir
    private Path directory;

    private final FakeRemote vision = new FakeRemote();
    private final List<Escalation> escalations = new CopyOnWriteArrayList<>();
    private final List<ErrorCode> fallbacks = new CopyOnWriteArrayList<>();
    private Shop shop;
    private Declarations declarations;
    private Router dispatcher;

    @BeforeEach
    void open() {
        shop = new Shop(directory);
        shop.registry.promote(SMALL, shop.register(SMALL, 0), "tester", "");
        shop.registry.promote(LARGE, shop.register(LARGE, 5), "tester", "");
        declarations = new Declarations(shop.registry, shop, Map.of("vision", Set.of("green")), InstantSource.system());
        dispatcher = dispatcher(Optional.empty());
    }

    private Router dispatcher(Optional<Fallback> fallback) {
        Remotes remotes = new Remotes(List.of(new ServedRemote("vision", Set.of("green"), vision, fallback)));
        return new Router(shop.predictor, new RemoteInference(remotes, new Decoder(ImageLimits.DEFAULT)), this);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Override
    public void cascaded(String model, Cascade cascade, Escalation escalation) {
        assertThat(model).isEqualTo(SMALL);
        escalations.add(escalation);
    }

    @Override
    public void fellBack(String model, ErrorCode reason) {
        fallbacks.add(reason);
    }

    @Test
    void shouldLeaveEveryAnswerToTheSmallModelAtThresholdZeroAndNoneAboveOne() {
        cascade(LARGER, 0);
        assertThat(by(ask(SMALL))).isEqualTo("small:1");
        cascade(LARGER, 1.5);
        RoutedResponse reply = ask(SMALL);
        assertThat(by(reply)).isEqualTo("large:1");
        assertThat(reply.requested()).isEqualTo(SMALL);
        assertThat(reply.version()).contains(1);
        assertThat(escalations).containsExactly(new Escalation.NotEscalated(), new Escalation.Escalated(true));
    }

    @Test
    void shouldAskNobodyElseOnceTheCascadeIsOff() {
        cascade(LARGER, 2);
        shop.registry.assistance().endCascade(SMALL, "tester", "enough");
        shop.predictor.models().follow(SMALL);
        assertThat(by(ask(SMALL))).isEqualTo("small:1");
        assertThat(escalations).isEmpty();
        assertThat(shop.registry.audit(SMALL, 2))
                .extracting(AuditEntry::action)
                .containsExactly(AuditEntry.Action.END_CASCADE, AuditEntry.Action.CASCADE);
        assertThat(shop.registry.audit(SMALL, 2).getLast().reason()).isEqualTo("for the test");
    }

    @Test
    void shouldAskOnlyTheVersionThatIsStated() {
        cascade(LARGER, 2);
        assertThat(by(ask(new PredictionTarget(SMALL, Optional.of(1), Optional.empty()), red())))
                .isEqualTo("small:1");
    }

    @Test
    void shouldGiveTheUnsureAnswerWhereTheLargerModelIsGone() {
        cascade(LARGER, 2);
        shop.predictor.models().unload(LARGE);
        RoutedResponse reply = ask(SMALL);
        assertThat(by(reply)).isEqualTo("small:1");
        assertThat(reply.escalation()).isEqualTo(new Escalation.EscalationFailed(ErrorCode.MODEL_NOT_SERVED));
        assertThat(reply.fallback()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOTE_FAILED", "REMOTE_SUSPENDED", "DEADLINE_EXCEEDED", "STORAGE_FAILED"})
    void shouldGiveTheUnsureAnswerWhereTheServiceCannot(ErrorCode code) {
        cascade(VISION, 2);
        vision.failing = Optional.of(code);
        RoutedResponse reply = ask(SMALL);
        assertThat(by(reply)).isEqualTo("small:1");
        assertThat(reply.escalation()).isEqualTo(new Escalation.EscalationFailed(code));
        assertThat(escalations).containsExactly(new Escalation.EscalationFailed(code));
    }

    @Test
    void shouldGiveTheUnsureAnswerWhereTheServiceNamesNothingOfOurs() {
        cascade(VISION, 2);
        vision.label = Optional.empty();
        assertThat(ask(SMALL).escalation()).isEqualTo(new Escalation.EscalationFailed(ErrorCode.LABELS_MISMATCH));
        vision.label = Optional.of("blue");
        RoutedResponse reply = ask(SMALL);
        assertThat(reply.escalation()).isEqualTo(new Escalation.EscalationFailed(ErrorCode.LABELS_MISMATCH));
        assertThat(reply.prediction().label()).contains("red");
    }

    @Test
    void shouldAllowTheServiceLessThanTheCallerSoThatTheUnsureAnswerIsInTime() {
        cascade(VISION, 2);
        RoutedResponse reply =
                ask(new PredictionTarget(SMALL, Optional.empty(), Optional.empty()), red(), Duration.ofSeconds(2));
        assertThat(by(reply)).isEqualTo("remote:vision");
        assertThat(vision.allowed.remove().toMillis()).isLessThanOrEqualTo(1950);
    }

    @Test
    void shouldNotTakeOneStepMoreThanOne() {
        cascade(LARGER, 2);
        declarations.cascade(LARGE, VISION, 2, Optional.empty(), AUTHOR);
        shop.predictor.models().follow(LARGE);
        assertThat(by(ask(SMALL))).isEqualTo("large:1");
        assertThat(vision.allowed).isEmpty();
    }

    @Test
    void shouldRefuseWhatMakesNoCascade() {
        assertCode(ErrorCode.ARGUMENT_INVALID, () -> cascade(new ModelRef.Local(SMALL), 0.5));
        assertCode(ErrorCode.ARGUMENT_INVALID, () -> cascade(LARGER, -0.1));
        assertCode(ErrorCode.ARGUMENT_INVALID, () -> cascade(LARGER, Double.NaN));
        assertCode(ErrorCode.MODEL_UNKNOWN, () -> cascade(new ModelRef.Local("nobody"), 0.5));
        assertCode(ErrorCode.MODEL_UNKNOWN, () -> cascade(new ModelRef.Remote("nobody"), 0.5))
                .hasMessageContaining("it has vision");
        Declarations blue = new Declarations(
                shop.registry, shop, Map.of("vision", Set.of("green", "blue")), InstantSource.system());
        assertCode(ErrorCode.LABELS_MISMATCH, () -> blue.cascade(SMALL, VISION, 0.5, Optional.empty(), AUTHOR))
                .hasMessageContaining("may return \"blue\"");
        assertThat(shop.registry.model(SMALL).assistance().cascade()).isEmpty();
    }

    @Test
    void shouldRefuseASmallModelWhoseConfidenceIsAlwaysOne() {
        shop.registry.promote("indexed", shop.registerIndexed("indexed"), "tester", "");
        assertCode(
                        ErrorCode.STATE_CONFLICT,
                        () -> declarations.cascade("indexed", LARGER, 0.5, Optional.empty(), AUTHOR))
                .hasMessageContaining("indexed:1 returns the index of a label (ArgMax)")
                .hasMessageContaining("its confidence is always 1");
        assertThat(shop.registry.model("indexed").assistance().cascade()).isEmpty();
        // as the larger model it needs no confidence
        cascade(new ModelRef.Local("indexed"), 0.5);
    }

    @Test
    void shouldAnswerByTheFallbackWhileTheModelIsNotServed() {
        fallback(new Fallback.FallbackModel(LARGER));
        assertThat(ask(SMALL).fallback()).isEmpty();
        shop.predictor.models().unload(SMALL);
        RoutedResponse reply = ask(SMALL);
        assertThat(by(reply)).isEqualTo("large:1");
        assertThat(reply.fallback()).contains(ErrorCode.MODEL_NOT_SERVED);
        assertThat(reply.version()).isEmpty();
        shop.predictor.models().load(SMALL);
        assertThat(by(ask(SMALL))).isEqualTo("small:1");
        assertThat(fallbacks).containsExactly(ErrorCode.MODEL_NOT_SERVED);
    }

    @Test
    void shouldAnswerByTheFallbackWhateverKeepsTheVersionFromLoading() {
        int lost = shop.registerLost("lost");
        shop.registry.promote("lost", lost, "tester", "");
        declarations.fallback("lost", new Fallback.Label("red"), AUTHOR);
        RoutedResponse reply = ask("lost");
        assertThat(by(reply)).isEqualTo("default");
        assertThat(reply.prediction().label()).contains("red");
        assertThat(reply.fallback()).contains(ErrorCode.BUNDLE_CORRUPT);
    }

    @Test
    void shouldGiveNoFallbackForBadInputAndLackOfTime() {
        fallback(new Fallback.Label("red"));
        byte[] noImage = "no image".getBytes(StandardCharsets.UTF_8);
        PredictionTarget target = new PredictionTarget(SMALL, Optional.empty(), Optional.empty());
        assertCode(ErrorCode.IMAGE_FORMAT_UNSUPPORTED, () -> ask(target, noImage));
        assertCode(ErrorCode.DEADLINE_EXCEEDED, () -> ask(target, red(), Duration.ofNanos(1)));
        assertCode(
                ErrorCode.VERSION_UNKNOWN,
                () -> ask(new PredictionTarget(SMALL, Optional.of(9), Optional.empty()), red()));
        shop.predictor.models().unload(SMALL);
        assertCode(ErrorCode.IMAGE_FORMAT_UNSUPPORTED, () -> ask(target, noImage));
        assertThat(fallbacks).isEmpty();
    }

    @Test
    void shouldGiveTheModelsOwnErrorWhereItsFallbackFailsToo() {
        fallback(new Fallback.FallbackModel(VISION));
        vision.failing = Optional.of(ErrorCode.REMOTE_FAILED);
        shop.predictor.models().unload(SMALL);
        assertCode(ErrorCode.MODEL_NOT_SERVED, () -> ask(SMALL));
        assertThat(fallbacks).isEmpty();
    }

    @Test
    void shouldRefuseAFallbackThatSaysWhatTheModelNeverSays() {
        assertCode(ErrorCode.LABELS_MISMATCH, () -> fallback(new Fallback.Label("blue")))
                .hasMessageContaining("\"red\", \"green\"");
        assertCode(ErrorCode.ARGUMENT_INVALID, () -> fallback(new Fallback.FallbackModel(new ModelRef.Local(SMALL))));
    }

    @Test
    void shouldAnswerForAServiceByItsOwnName() {
        RoutedResponse reply = ask("remote:vision");
        assertThat(by(reply)).isEqualTo("remote:vision");
        assertThat(reply.prediction().label()).contains("green");
        assertCode(ErrorCode.MODEL_UNKNOWN, () -> ask("remote:nobody"));
        assertCode(
                ErrorCode.ARGUMENT_INVALID,
                () -> ask(new PredictionTarget("remote:vision", Optional.of(1), Optional.empty()), red()));
        PredictionTarget target = new PredictionTarget("remote:vision", Optional.empty(), Optional.empty());
        vision.allowed.clear();
        assertCode(ErrorCode.IMAGE_FORMAT_UNSUPPORTED, () -> ask(target, new byte[] {1, 2, 3}));
        assertThat(vision.allowed).isEmpty();
    }

    @Test
    void shouldAnswerForAServiceByItsFallback() {
        dispatcher = dispatcher(Optional.of(new Fallback.FallbackModel(LARGER)));
        vision.failing = Optional.of(ErrorCode.REMOTE_SUSPENDED);
        RoutedResponse reply = ask("remote:vision");
        assertThat(by(reply)).isEqualTo("large:1");
        assertThat(reply.fallback()).contains(ErrorCode.REMOTE_SUSPENDED);
        vision.failing = Optional.of(ErrorCode.DEADLINE_EXCEEDED);
        assertCode(ErrorCode.DEADLINE_EXCEEDED, () -> ask("remote:vision"));
    }

    @Test
    void shouldLoseNothingWhileVersionsOfBothModelsSwap() throws Exception {
        shop.register(SMALL, 1);
        shop.register(LARGE, 6);
        cascade(LARGER, 2);
        Releases releases =
                new Releases(shop.registry, shop.predictor.models(), new VersionDeletion(shop.registry, () -> {}));
        AtomicBoolean swapping = new AtomicBoolean(true);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                loads.add(callers.submit(() -> {
                    int count = 0;
                    while (swapping.get()) {
                        RoutedResponse reply = ask(SMALL);
                        assertThat(reply.escalation()).isInstanceOf(Escalation.Escalated.class);
                        assertThat(by(reply)).startsWith(LARGE);
                        count++;
                    }
                    return count;
                }));
            }
            for (int swap = 0; swap < 20; swap++) {
                releases.promote(SMALL, 2 - swap % 2, "tester", "");
                releases.promote(LARGE, 2 - swap % 2, "tester", "");
            }
            swapping.set(false);
            for (Future<Integer> load : loads) {
                assertThat(load.get()).isPositive();
            }
        }
        assertThat(shop.failures).isEmpty();
    }

    private void cascade(ModelRef larger, double threshold) {
        declarations.cascade(SMALL, larger, threshold, Optional.empty(), AUTHOR);
        shop.predictor.models().follow(SMALL);
    }

    private void fallback(Fallback fallback) {
        declarations.fallback(SMALL, fallback, AUTHOR);
        shop.predictor.models().follow(SMALL);
    }

    private RoutedResponse ask(String model) {
        return ask(new PredictionTarget(model, Optional.empty(), Optional.empty()), red());
    }

    private RoutedResponse ask(PredictionTarget target, byte[] image) {
        return ask(target, image, Duration.ofSeconds(30));
    }

    private RoutedResponse ask(PredictionTarget target, byte[] image, Duration allowed) {
        return dispatcher.route(new PredictionRequest(target, image, Deadline.in(allowed)));
    }

    private static byte[] red() {
        return Shop.png(200, 10, 10);
    }

    private static String by(RoutedResponse reply) {
        return switch (reply.prediction()) {
            case ServedPrediction answer -> answer.version().toString();
            case RoutedPrediction.ByRemote remote -> "remote:" + remote.name();
            case RoutedPrediction.DefaultLabel ignored -> "default";
        };
    }

    private static AbstractThrowableAssert<?, ?> assertCode(ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
