package dev.fovea.serving.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.model.Bundle;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.Answers;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.ServedPrediction;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PredictionCacheTest {

    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private static final byte[] IMAGE = {1, 2, 3, 4};
    private static final Prediction PREDICTION = Answers.prediction(Answers.LABELS, 2);

    private final PredictionCache cache = cache(1_000_000);
    private final AtomicInteger inferences = new AtomicInteger();

    private static PredictionCache cache(long bytes) {
        return new PredictionCache(new CacheSettings(bytes, Set.of("trousers"), 0), SharedCache.NONE);
    }

    /** What can run a network and is never asked what an image looks like. */
    @FunctionalInterface
    private interface Blind extends PredictionCache.PredictionSource {
        @Override
        default ImageFingerprint fingerprint() {
            throw new AssertionError("looks do not matter here");
        }
    }

    private static ServedPrediction answer(
            PredictionCache cache, PredictionRequest request, Bundle bundle, Blind sight) {
        return cache.predict(request, Answers.VERSION, bundle, sight, System.nanoTime());
    }

    private Prediction infer() {
        inferences.incrementAndGet();
        return PREDICTION;
    }

    private ServedPrediction ask(byte[] image) {
        return answer(cache, Answers.request(image), Answers.BUNDLE, this::infer);
    }

    @Test
    void shouldRunTheNetworkOnceForTheSameBytes() {
        ServedPrediction first = ask(IMAGE);
        ServedPrediction second = ask(IMAGE.clone());
        assertThat(inferences).hasValue(1);
        assertThat(first.origin()).isEqualTo(new CacheStatus.Inferred(true));
        assertThat(first.prediction()).isSameAs(PREDICTION);
        assertThat(second.origin()).isEqualTo(new CacheStatus.Cached());
        assertThat(second.prediction().result()).isEqualTo(PREDICTION.result());
        assertThat(second.prediction().image()).isEqualTo(PREDICTION.image());
        assertThat(second.prediction().timings()).isEqualTo(new Timings(0, 0, 0, 0, 0));
    }

    @Test
    void shouldAskAnewForAnotherBundle() {
        Bundle other = Answers.bundle("c".repeat(64), Answers.LABELS);
        ask(IMAGE);
        answer(cache, Answers.request(IMAGE), other, this::infer);
        assertThat(inferences).hasValue(2);
    }

    @Property(tries = 200)
    void shouldHaveOneKeyForOneBundleAndImage(
            @ForAll byte[] image, @ForAll byte[] other, @ForAll String bundle, @ForAll String second) {
        boolean same = java.util.Arrays.equals(image, other) && bundle.equals(second);
        assertThat(CacheKey.of(bundle, image)).isEqualTo(CacheKey.of(bundle, image.clone()));
        assertThat(CacheKey.of(bundle, image).equals(CacheKey.of(second, other)))
                .isEqualTo(same);
        assertThat(CacheKey.of(bundle + "x", image)).isNotEqualTo(CacheKey.of(bundle, image));
        assertThat(CacheKey.of(bundle, image).toString()).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldNeitherReadNorKeepForAModelThatIsSwitchedOffOrWithoutRoom() {
        PredictionRequest off =
                Answers.request(IMAGE).to(new PredictionTarget("trousers", Optional.empty(), Optional.empty()));
        PredictionCache none = PredictionCache.off();
        for (int i = 0; i < 2; i++) {
            assertThat(answer(cache, off, Answers.BUNDLE, this::infer).origin())
                    .isEqualTo(new CacheStatus.Inferred(false));
            assertThat(answer(none, Answers.request(IMAGE), Answers.BUNDLE, this::infer)
                            .origin())
                    .isEqualTo(new CacheStatus.Inferred(false));
        }
        assertThat(inferences).hasValue(4);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void shouldRunTheNetworkForWhoWantsNoCacheAndKeepTheAnswerUnlessToldNotTo() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        PredictionRequest noStore = Answers.request(IMAGE, CacheUse.NO_STORE, deadline);
        PredictionRequest noCache = Answers.request(IMAGE, CacheUse.NO_CACHE, deadline);
        assertThat(answer(cache, noStore, Answers.BUNDLE, this::infer).origin())
                .isEqualTo(new CacheStatus.Inferred(false));
        assertThat(cache.bytes()).isZero();
        assertThat(answer(cache, noCache, Answers.BUNDLE, this::infer).origin())
                .isEqualTo(new CacheStatus.Inferred(false));
        assertThat(ask(IMAGE).origin()).isEqualTo(new CacheStatus.Cached());
        assertThat(answer(cache, noCache, Answers.BUNDLE, this::infer).origin())
                .isEqualTo(new CacheStatus.Inferred(false));
        assertThat(inferences).hasValue(3);
    }

    @Test
    void shouldKeepNoErrors() {
        FoveaException corrupt = new FoveaException(ErrorCode.IMAGE_CORRUPT, "torn");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> answer(cache, Answers.request(IMAGE), Answers.BUNDLE, () -> {
                        inferences.incrementAndGet();
                        throw corrupt;
                    }))
                    .isSameAs(corrupt);
        }
        assertThat(inferences).hasValue(2);
        assertThat(ask(IMAGE).origin()).isEqualTo(new CacheStatus.Inferred(true));
    }

    @Property(tries = 20)
    void shouldStayWithinItsBytes(@ForAll @Size(min = 1, max = 400) List<byte[]> images) {
        PredictionCache small = cache(20_000);
        for (byte[] image : images) {
            answer(small, Answers.request(image), Answers.BUNDLE, this::infer);
            assertThat(small.bytes()).isLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void shouldNotKeepAnAnswerThatWouldPushOutAllOthers() {
        Prediction large = Answers.prediction(20_000, 1);
        Bundle bundle = Answers.bundle("d".repeat(64), 20_000);
        answer(cache, Answers.request(IMAGE), bundle, () -> large);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void shouldKeepSmallTensorsOnlyAndAsCopies() {
        ByteBuffer batch = ByteBuffer.allocateDirect(8 << 20).order(ByteOrder.LITTLE_ENDIAN);
        Prediction small = tensors(batch.slice(0, 4096));
        Prediction large = tensors(batch.slice(0, 100_000));
        answer(cache, Answers.request(IMAGE), Answers.BUNDLE, () -> small);
        answer(cache, Answers.request(new byte[] {9}), Answers.BUNDLE, () -> large);
        assertThat(cache.bytes()).isBetween(4096L, 5000L);
        Prediction kept = ask(IMAGE).prediction();
        assertThat(kept.result()).isEqualTo(small.result());
        assertThat(((PredictionResult.TensorResult) kept.result())
                        .tensors()
                        .getFirst()
                        .bytes()
                        .isDirect())
                .isFalse();
    }

    private static Prediction tensors(ByteBuffer bytes) {
        return Answers.prediction(new PredictionResult.TensorResult(List.of(
                new Tensor("out", DataType.FP32, new long[] {1, bytes.remaining() / 4}, bytes))));
    }

    @Test
    void shouldNotKeepImagesAlive() {
        WeakReference<byte[]> image = new WeakReference<>(askForLargeImage());
        for (int i = 0; i < 50 && image.get() != null; i++) {
            System.gc();
        }
        assertThat(image.get()).isNull();
        assertThat(cache.bytes()).isPositive();
    }

    private byte[] askForLargeImage() {
        byte[] image = new byte[1 << 20];
        ask(image);
        return image;
    }

    // ——— equal requests at the same time

    /** Callers of which the first is held in its inference until it is let go. */
    private final class Crowd implements AutoCloseable {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        final List<Thread> threads = new ArrayList<>();

        /** Starts the first and returns when it is inside. */
        Future<ServedPrediction> first(Supplier<Prediction> end) throws InterruptedException {
            Future<ServedPrediction> first =
                    callers.submit(() -> answer(cache, Answers.request(IMAGE), Answers.BUNDLE, () -> held(end)));
            inside.await();
            return first;
        }

        private Prediction held(Supplier<Prediction> end) {
            inferences.incrementAndGet();
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return end.get();
        }

        /** Starts one more and returns when it waits. */
        Future<ServedPrediction> waiting(PredictionRequest request) throws InterruptedException {
            java.util.concurrent.FutureTask<ServedPrediction> task = new java.util.concurrent.FutureTask<>(
                    () -> answer(cache, request, Answers.BUNDLE, PredictionCacheTest.this::infer));
            Thread thread = Thread.ofVirtual().start(task);
            threads.add(thread);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(thread::getState, WAITS::contains);
            return task;
        }

        @Override
        public void close() {
            go.countDown();
            callers.close();
        }
    }

    @Test
    void shouldRunTheNetworkOnceForEqualRequestsAtOnce() throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> PREDICTION);
            List<Future<ServedPrediction>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(crowd.waiting(Answers.request(IMAGE.clone())));
            }
            crowd.go.countDown();
            assertThat(first.get().origin()).isEqualTo(new CacheStatus.Inferred(true));
            for (Future<ServedPrediction> other : others) {
                assertThat(other.get().origin()).isEqualTo(new CacheStatus.Cached());
                assertThat(other.get().prediction().result()).isEqualTo(PREDICTION.result());
                assertThat(other.get().prediction().timings().queue()).isPositive();
                assertThat(other.get().prediction().timings().infer()).isZero();
            }
        }
        assertThat(inferences).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEADLINE_EXCEEDED", "CANCELLED", "OVERLOADED"})
    void shouldHandOverWhenTheFirstGivesUpWaiting(ErrorCode code) throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> {
                throw new FoveaException(code, "for itself");
            });
            List<Future<ServedPrediction>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                others.add(crowd.waiting(Answers.request(IMAGE)));
            }
            crowd.go.countDown();
            assertCode(code, first);
            int inferred = 0;
            for (Future<ServedPrediction> other : others) {
                inferred += other.get().origin() instanceof CacheStatus.Inferred ? 1 : 0;
            }
            assertThat(inferred).isEqualTo(1);
        }
        assertThat(inferences).hasValue(2);
    }

    @Test
    void shouldHandOverWhenTheFirstMeetsAFaultOfTheProgram() throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> {
                throw new IllegalStateException("a fault");
            });
            Future<ServedPrediction> other = crowd.waiting(Answers.request(IMAGE));
            crowd.go.countDown();
            assertThatThrownBy(first::get).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(other.get().origin()).isEqualTo(new CacheStatus.Inferred(true));
        }
    }

    @Test
    void shouldShareWhatIsWrongWithTheImage() throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> {
                throw new FoveaException(ErrorCode.IMAGE_CORRUPT, "torn");
            });
            Future<ServedPrediction> other = crowd.waiting(Answers.request(IMAGE));
            crowd.go.countDown();
            assertCode(ErrorCode.IMAGE_CORRUPT, first);
            assertCode(ErrorCode.IMAGE_CORRUPT, other);
        }
        assertThat(inferences).hasValue(1);
    }

    @Test
    void shouldWaitWithinItsOwnDeadline() throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> PREDICTION);
            Future<ServedPrediction> patient = crowd.waiting(Answers.request(IMAGE));
            PredictionRequest hurried = Answers.request(IMAGE, CacheUse.DEFAULT, Deadline.in(Duration.ofMillis(1)));
            assertThatThrownBy(() -> answer(cache, hurried, Answers.BUNDLE, this::infer))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
            crowd.go.countDown();
            assertThat(first.get().origin()).isEqualTo(new CacheStatus.Inferred(true));
            assertThat(patient.get().origin()).isEqualTo(new CacheStatus.Cached());
        }
    }

    @Test
    void shouldLeaveAloneWhenInterrupted() throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> PREDICTION);
            Future<ServedPrediction> leaving = crowd.waiting(Answers.request(IMAGE));
            Future<ServedPrediction> staying = crowd.waiting(Answers.request(IMAGE));
            crowd.threads.getFirst().interrupt();
            assertCode(ErrorCode.CANCELLED, leaving);
            crowd.go.countDown();
            assertThat(first.get().origin()).isEqualTo(new CacheStatus.Inferred(true));
            assertThat(staying.get().origin()).isEqualTo(new CacheStatus.Cached());
        }
        assertThat(inferences).hasValue(1);
    }

    @Test
    void shouldNotHoldUpAnUrgentRequestBehindOneThatMayWait() throws Exception {
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.first(() -> PREDICTION);
            PredictionRequest urgent = new PredictionRequest(
                    Answers.request(IMAGE).target(),
                    IMAGE,
                    dev.fovea.runtime.session.Priority.HIGH,
                    Deadline.in(Duration.ofSeconds(30)),
                    CacheUse.DEFAULT,
                    dev.fovea.serving.RequestDetails.OWN);
            assertThat(answer(cache, urgent, Answers.BUNDLE, this::infer).origin())
                    .isEqualTo(new CacheStatus.Inferred(true));
            assertThat(ask(IMAGE).origin()).isEqualTo(new CacheStatus.Cached());
            crowd.go.countDown();
            assertThat(first.get().origin()).isEqualTo(new CacheStatus.Inferred(true));
        }
    }

    @Test
    void shouldTurnAwayWhoWouldWaitWithTooManyBytesOfImages() throws Exception {
        byte[] large = new byte[100 << 20];
        try (Crowd crowd = new Crowd()) {
            Future<ServedPrediction> first = crowd.callers.submit(
                    () -> answer(cache, Answers.request(large), Answers.BUNDLE, () -> crowd.held(() -> PREDICTION)));
            crowd.inside.await();
            List<Future<ServedPrediction>> waiting = new ArrayList<>();
            waiting.add(crowd.waiting(Answers.request(large)));
            waiting.add(crowd.waiting(Answers.request(large)));
            assertThatThrownBy(() -> answer(cache, Answers.request(large), Answers.BUNDLE, this::infer))
                    .isInstanceOfSatisfying(FoveaException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
                        assertThat(e.retryAfter()).isPresent();
                    });
            crowd.go.countDown();
            first.get();
            for (Future<ServedPrediction> one : waiting) {
                assertThat(one.get().origin()).isEqualTo(new CacheStatus.Cached());
            }
        }
    }

    @Test
    void shouldRunTheNetworkOncePerImageHoweverManyAsk() throws Exception {
        int images = 50;
        Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < 40 * images; i++) {
                int image = i % images;
                asked.add(callers.submit(() ->
                        answer(cache, Answers.request(new byte[] {(byte) image}), Answers.BUNDLE, () -> {
                            runs.computeIfAbsent(image, p -> new AtomicInteger())
                                    .incrementAndGet();
                            return PREDICTION;
                        })));
            }
            for (Future<?> one : asked) {
                one.get();
            }
        }
        assertThat(runs).hasSize(images);
        assertThat(runs.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    // ——— shared answers

    /** What another process would see, in memory. */
    private static final class MemoryShared implements SharedCache {
        final Map<CacheKey, byte[]> kept = new ConcurrentHashMap<>();
        final AtomicInteger reads = new AtomicInteger();

        @Override
        public Optional<byte[]> get(CacheKey key) {
            reads.incrementAndGet();
            return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void put(CacheKey key, byte[] answer) {
            kept.put(key, answer);
        }
    }

    @Test
    void shouldTakeTheAnswerOfAnotherProcessAndKeepIt() {
        MemoryShared shared = new MemoryShared();
        CacheSettings settings = new CacheSettings(1_000_000, Set.of(), 0);
        answer(new PredictionCache(settings, shared), Answers.request(IMAGE), Answers.BUNDLE, this::infer);
        PredictionCache second = new PredictionCache(settings, shared);
        ServedPrediction found = answer(second, Answers.request(IMAGE), Answers.BUNDLE, this::infer);
        assertThat(found.origin()).isEqualTo(new CacheStatus.Cached());
        assertThat(found.prediction().classification().ranked())
                .isEqualTo(PREDICTION.classification().ranked());
        int reads = shared.reads.get();
        answer(second, Answers.request(IMAGE), Answers.BUNDLE, this::infer);
        assertThat(shared.reads).hasValue(reads);
        assertThat(inferences).hasValue(1);
    }

    @Test
    void shouldRunTheNetworkWhereTheSharedAnswerIsDamaged() {
        MemoryShared shared = new MemoryShared();
        CacheSettings settings = new CacheSettings(1_000_000, Set.of(), 0);
        shared.kept.put(CacheKey.of(Answers.BUNDLE.id(), IMAGE), new byte[] {1, 2, 3});
        ServedPrediction found =
                answer(new PredictionCache(settings, shared), Answers.request(IMAGE), Answers.BUNDLE, this::infer);
        assertThat(found.origin()).isEqualTo(new CacheStatus.Inferred(true));
    }

    private static void assertCode(ErrorCode code, Future<?> future) {
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
