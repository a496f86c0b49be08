package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native memory has an owner: predictions, and loading and closing models, leave the resident size flat.
 *
 * <p>The Java heap also grows now and then, by tens of megabytes at once. So each test runs the same work up to five
 * times: a leak grows the process every time, the heap does not.
 */
class ResidentSizeTest {

    private static final Path STATUS = Path.of("/proc/self/statm");
    private static final long SLACK_KB = 24 * 1024;
    private static final int ROUNDS = 5;

    @TempDir
    private Path directory;

    @Test
    void shouldStayFlatOverTenThousandPredictions() throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "skipped: resident size is read from /proc");
        byte[] image = Tiny.png(10, 20, 30);
        try (DecodePool workers = new DecodePool(2, 16, 1_000_000);
                LoadedModel model = load(workers)) {
            predict(model, image, 2_000);
            assertThat(leastGrowth(() -> predict(model, image, 10_000))).isLessThan(SLACK_KB);
        }
    }

    @Test
    void shouldStayFlatOverHundredsOfLoads() throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "skipped: resident size is read from /proc");
        try (DecodePool workers = new DecodePool(2, 16, 1_000_000)) {
            reload(workers, 100);
            assertThat(leastGrowth(() -> reload(workers, 300))).isLessThan(SLACK_KB);
        }
    }

    private void reload(DecodePool workers, int times) {
        for (int i = 0; i < times; i++) {
            load(workers).close();
        }
    }

    private LoadedModel load(DecodePool workers) {
        Engine engine = Engine.open();
        RuntimeSettings settings =
                new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT);
        return LoadedModel.load(
                engine,
                Tiny.bundle(directory.resolve("bundle"), Tiny.means(GraphBuilder.BATCH), engine),
                settings,
                workers,
                () -> {});
    }

    private static void predict(LoadedModel model, byte[] image, int times) {
        for (int i = 0; i < times; i++) {
            model.predict(image, Deadline.in(Duration.ofMinutes(1)));
        }
    }

    /** Returns the smallest growth in kB over the rounds; it stops at the first that stays within the slack. */
    private static long leastGrowth(Runnable work) throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least >= SLACK_KB; round++) {
            long before = residentKb();
            work.run();
            least = Math.min(least, residentKb() - before);
        }
        return least;
    }

    private static long residentKb() throws IOException {
        System.gc();
        return Long.parseLong(Files.readString(STATUS).split(" ")[1]) * 4;
    }
}
