package dev.fovea.serving.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LoadedVersionTest {

    private static final VersionId ID = new VersionId("shirts", 1);

    @TempDir
    private Path directory;

    static List<Throwable> failures() {
        return List.of(new OutOfMemoryError("model too large"), new IllegalStateException("odd"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldEndAsFailedWhateverLoadingThrows(Throwable failure) {
        LoadedVersion instance = new LoadedVersion(ID, (id, from, to) -> {});
        instance.load(opened -> {
            opened.run();
            switch (failure) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(failure);
            }
        });
        assertThat(instance.enter()).isEmpty();
        assertThat(ModelPool.failure(instance.state())).hasValueSatisfying(why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(why.getMessage()).contains("shirts:1", failure.getMessage());
        });
    }

    @Test
    void shouldKeepTheModelUntilTheLastRequestHasLeft() {
        try (Shop shop = new Shop(directory)) {
            shop.registry.promote("shirts", shop.register("shirts", 0), "tester", "");
            shop.ask("shirts");
            LoadedVersion instance = instanceOf(shop);
            instance.enter().orElseThrow();
            instance.enter().orElseThrow();
            instance.drain();
            assertThat(instance.enter()).isEmpty();
            assertThat(instance.state().label()).isEqualTo("draining");
            assertThat(instance.idleNanos()).isZero();
            instance.leave();
            assertThat(instance.state().label()).isEqualTo("draining");
            instance.leave();
            assertThat(instance.state().label()).isEqualTo("retired");
            instance.drain();
            assertThat(instance.state().label()).isEqualTo("retired");
        }
    }

    @Test
    void shouldReportEachStepAfterTheOneBeforeWhenTheLastRequestLeavesWhileItDrains() throws Exception {
        try (Shop shop = new Shop(directory)) {
            shop.register("shirts", 0);
            for (int round = 0; round < 60; round++) {
                ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
                LoadedVersion instance = new LoadedVersion(ID, (id, from, to) -> heard.add(to.label()));
                instance.load(opened -> shop.load(ID, opened));
                raceDrainAgainstLeave(instance);
                assertThat(heard).containsExactly("warming", "ready", "draining", "retired");
            }
        }
    }

    private static void raceDrainAgainstLeave(LoadedVersion instance) throws InterruptedException {
        instance.enter().orElseThrow();
        CyclicBarrier start = new CyclicBarrier(2);
        List<Thread> threads = new ArrayList<>();
        for (Runnable step : List.<Runnable>of(instance::drain, instance::leave)) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new AssertionError(e);
                }
                step.run();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The instance in the shop's fleet, loaded apart from the fleet's own bookkeeping. */
    private static LoadedVersion instanceOf(Shop shop) {
        return shop.predictor.models().instance(ID).orElseThrow();
    }
}
