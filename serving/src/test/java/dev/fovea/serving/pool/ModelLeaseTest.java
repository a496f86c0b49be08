package dev.fovea.serving.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelLeaseTest {

    private static final String MODEL = "faces";
    private static final int THREADS = 8;

    @TempDir
    private Path directory;

    private Shop shop;
    private VersionId version;

    @BeforeEach
    void open() {
        shop = new Shop(directory);
        version = new VersionId(MODEL, shop.register(MODEL, 0));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private long loads() {
        return shop.transitions.stream()
                .filter(moved -> moved.to() instanceof LoadedVersionState.Ready)
                .count();
    }

    private static void predict(LoadedModel model) {
        var _ = model.predict(Shop.png(200, 10, 10), Deadline.in(Duration.ofSeconds(30)));
    }

    @Test
    void shouldLoadOnceForUsesOneAfterAnotherAndRequests() {
        LoadedModel model;
        try (ModelLease lease = shop.predictor.lease(version)) {
            model = lease.model();
            predict(model);
        }
        try (ModelLease lease = shop.predictor.lease(version)) {
            assertThat(lease.model()).isSameAs(model);
        }
        assertThat(shop.ask(MODEL, Optional.of(version.version()), Optional.empty())
                        .version())
                .isEqualTo(version);
        assertThat(loads()).isEqualTo(1);
        // only the request is traffic
        assertThat(shop.answers).containsExactly(version);
    }

    @Test
    void shouldLoadOnceForUsesAtTheSameTime() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<ModelLease>> leases = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                leases.add(threads.submit(() -> {
                    int _ = start.await();
                    return shop.predictor.lease(version);
                }));
            }
        }
        for (Future<ModelLease> lease : leases) {
            predict(lease.get().model());
            lease.get().close();
        }
        assertThat(loads()).isEqualTo(1);
    }

    @Test
    void shouldFreeARetiredModelWhenTheLastUseEnds() {
        ModelLease first = shop.predictor.lease(version);
        ModelLease second = shop.predictor.lease(version);
        shop.predictor.models().drain();
        first.close();
        first.close();
        assertThat(shop.predictor.models().state(version)).containsInstanceOf(LoadedVersionState.Draining.class);
        predict(second.model());
        second.close();
        assertThat(shop.predictor.models().state(version)).containsInstanceOf(LoadedVersionState.Retired.class);
        assertCode(ErrorCode.STOPPING, () -> predict(second.model()));
        assertCode(ErrorCode.STOPPING, () -> shop.predictor.lease(version));
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
