package dev.fovea.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.serving.pool.LoadedVersionState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that takes for ever to load is tried once, and again only when a person asks for it. */
class GivenUpTest {

    @TempDir
    private Path directory;

    @Test
    void shouldNotBeLoadedAgainByItselfAndKeepNobodyWaiting() {
        try (Shop shop = new Shop(directory, Duration.ofMillis(500))) {
            shop.registry.promote("slow", shop.registerLooping("slow"), "test", "");
            shop.registry.promote("quick", shop.register("quick", 0), "test", "");
            shop.predictor.models().follow("slow");
            shop.predictor.models().follow("quick");
            long tries = loads(shop);
            assertThat(tries).isEqualTo(1);
            assertThat(shop.ask("quick").version().model()).isEqualTo("quick");

            shop.predictor.models().follow("slow");
            assertThat(shop.predictor.models().dueForRetry()).isEmpty();
            assertRefused(() -> shop.ask("slow"));
            assertThat(loads(shop)).isEqualTo(tries);

            assertRefused(() -> shop.predictor.models().validate("slow", 1));
            assertThat(loads(shop)).isEqualTo(tries + 1);
        }
    }

    private static long loads(Shop shop) {
        return shop.transitions.stream()
                .filter(moved ->
                        moved.id().model().equals("slow") && moved.to() instanceof LoadedVersionState.LoadFailed)
                .count();
    }

    private static void assertRefused(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_LIMIT_EXCEEDED));
    }
}
