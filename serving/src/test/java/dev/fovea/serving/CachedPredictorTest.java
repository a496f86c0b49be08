package dev.fovea.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.cache.CacheSettings;
import dev.fovea.serving.cache.PredictionCache;
import dev.fovea.serving.cache.SharedCache;
import dev.fovea.serving.pool.Releases;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That answers come from the cache changes nothing in who answers. */
@Timeout(60)
class CachedPredictorTest {

    private static final String MODEL = "shirts";

    @TempDir
    private Path directory;

    private Shop shop;
    private Releases releases;

    @BeforeEach
    void open() {
        shop = new Shop(
                directory, new PredictionCache(new CacheSettings(1_000_000, Set.of("trousers"), 0), SharedCache.NONE));
        releases = new Releases(shop.registry, shop.predictor.models(), new VersionDeletion(shop.registry, () -> {}));
        shop.registry.promote(MODEL, shop.register(MODEL, 0), "tester", "");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldMarkTheSecondAnswerAndTellWhoeverListens() {
        ServedPrediction first = shop.ask(MODEL);
        ServedPrediction second = shop.ask(MODEL);
        assertThat(first.cached()).isFalse();
        assertThat(second.cached()).isTrue();
        assertThat(second.prediction().classification().ranked())
                .isEqualTo(first.prediction().classification().ranked());
        assertThat(second.prediction().timings().total()).isZero();
        assertThat(second.nanos()).isPositive();
        assertThat(shop.answers).containsExactly(new VersionId(MODEL, 1), new VersionId(MODEL, 1));
    }

    @Test
    void shouldNeverGiveTheAnswerOfAnotherVersion() {
        shop.ask(MODEL);
        shop.register(MODEL, 5);
        releases.promote(MODEL, 2, "tester", "");
        ServedPrediction promoted = shop.ask(MODEL);
        assertThat(promoted.version().version()).isEqualTo(2);
        assertThat(promoted.cached()).isFalse();
        assertThat(promoted.prediction().classification().best().confidence()).isGreaterThan(0.99);
        releases.rollback(MODEL, "tester", "worse");
        ServedPrediction returned = shop.ask(MODEL);
        assertThat(returned.version().version()).isEqualTo(1);
        assertThat(returned.cached()).isTrue();
        assertThat(returned.prediction().classification().best().confidence()).isLessThan(0.9);
    }

    @Test
    void shouldKeepTheSharesOfACanary() {
        shop.register(MODEL, 5);
        releases.canary(MODEL, 2, 50, "tester", "");
        Set<Integer> versions = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            ServedPrediction first = shop.ask(MODEL, Optional.empty(), Optional.of("user-" + i));
            ServedPrediction again = shop.ask(MODEL, Optional.empty(), Optional.of("user-" + i));
            assertThat(again.version()).isEqualTo(first.version());
            assertThat(again.prediction().classification().best().confidence() > 0.9)
                    .isEqualTo(again.version().version() == 2);
            versions.add(again.version().version());
        }
        assertThat(versions).containsExactly(1, 2);
    }

    @Test
    void shouldAnswerNothingAfterADrainThoughItKnowsTheAnswer() {
        shop.ask(MODEL);
        shop.predictor.models().drain();
        assertThatThrownBy(() -> shop.ask(MODEL))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("retired");
    }
}
