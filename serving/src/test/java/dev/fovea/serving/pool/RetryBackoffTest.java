package dev.fovea.serving.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.serving.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails is tried again after longer and longer delays, by a clock that the test moves. */
class RetryBackoffTest {

    @TempDir
    private Path directory;

    private final AtomicLong clock = new AtomicLong();
    private final List<String> heard = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();

    private final Reconciler.ReconcilerListener listener = new Reconciler.ReconcilerListener() {
        @Override
        public void followed(RegisteredModel model) {
            if (broken.contains(model.name())) {
                throw new FoveaException(ErrorCode.STORAGE_FAILED, "damaged");
            }
            heard.add(model.name());
        }

        @Override
        public void current() {
            // told each time
        }

        @Override
        public void failed(String model, RuntimeException e) {
            heard.add(model + ": " + e.getMessage());
        }

        @Override
        public void failed(RuntimeException e) {
            heard.add("registry: " + e.getMessage());
        }
    };

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void shouldDoubleTheDelayUpToTheLimit() {
        RetryBackoff<String> backoff = new RetryBackoff<>(Duration.ofSeconds(1), Duration.ofSeconds(5), clock::get);
        assertThat(backoff.isDue("a")).isTrue();
        for (int seconds : new int[] {1, 2, 4, 5, 5}) {
            backoff.failed("a");
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(backoff.isDue("a")).isFalse();
            assertThat(backoff.due()).isEmpty();
            pass(Duration.ofNanos(1));
            assertThat(backoff.due()).containsExactly("a");
        }
        backoff.failed("a");
        backoff.reset("a");
        assertThat(backoff.isDue("a")).isTrue();
        backoff.failed("a");
        pass(Duration.ofSeconds(1));
        assertThat(backoff.isDue("a")).isTrue();
    }

    @Test
    void shouldLeaveAloneAModelThatCannotBeFollowedAndItsNeighbours() {
        try (Shop shop = new Shop(directory);
                Reconciler reconciler = new Reconciler(shop.registry, shop.predictor.models(), listener, clock::get)) {
            shop.register("a", 0);
            shop.register("b", 0);
            broken.add("a");
            reconciler.follow();
            assertThat(heard).containsExactly("a: damaged", "b");
            heard.clear();
            int tries = 0;
            for (int tick = 0; tick < 4 * 240; tick++) { // every quarter of a second for four minutes
                reconciler.follow();
                tries += heard.size();
                heard.clear();
                pass(Duration.ofMillis(250));
            }
            // after 1, 3, 7, 15, 31, 63, 123 and 183 seconds
            assertThat(tries).isEqualTo(8);

            shop.register("b", 1);
            reconciler.follow();
            assertThat(heard).containsExactly("b");
            heard.clear();
            shop.register("a", 1);
            reconciler.follow();
            assertThat(heard).containsExactly("a: damaged", "b");
            heard.clear();
            broken.clear();
            pass(Duration.ofSeconds(1));
            reconciler.follow();
            reconciler.follow();
            assertThat(heard).containsExactly("a");
        }
    }

    @Test
    void shouldLoadAFailingVersionLessAndLessOftenUntilItsModelChanges() {
        try (Shop shop = new Shop(directory);
                Reconciler reconciler = new Reconciler(shop.registry, shop.predictor.models(), listener, clock::get)) {
            int lost = shop.registerLost("shirts");
            shop.registry.promote("shirts", lost, "test", "");
            reconciler.follow();
            assertThat(failures(shop)).isEqualTo(1);
            for (int tick = 0; tick < 1000; tick++) { // every second
                reconciler.follow();
                shop.register("other" + tick % 3, tick); // the registry moves all the time
                shop.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                pass(Duration.ofSeconds(1));
            }
            // after 10, 30, 70, 150, 310, 610 and 910 seconds
            assertThat(failures(shop)).isEqualTo(8);

            int sound = shop.register("shirts", 0);
            reconciler.follow();
            assertThat(failures(shop)).isEqualTo(9);
            shop.registry.promote("shirts", sound, "test", "");
            reconciler.follow();
            assertThat(shop.ask("shirts").version().version()).isEqualTo(sound);
        }
    }

    private static long failures(Shop shop) {
        return shop.transitions.stream()
                .filter(moved -> moved.to() instanceof LoadedVersionState.LoadFailed)
                .count();
    }
}
