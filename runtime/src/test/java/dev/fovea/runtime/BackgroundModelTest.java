package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundModelTest {

    private static final Engine ENGINE = Engine.open();

    @TempDir
    private Path directory;

    @Test
    void shouldPredictAsTheServedModelDoes() {
        Bundle bundle = Tiny.bundle(directory, Tiny.means(GraphBuilder.BATCH), ENGINE);
        byte[] image = Tiny.png(51, 102, 255);
        try (DecodePool workers = new DecodePool(1, 8, 1_000_000);
                LoadedModel served =
                        LoadedModel.load(ENGINE, bundle, RuntimeSettings.forThisMachine(), workers, () -> {});
                BackgroundModel background = BackgroundModel.open(ENGINE, bundle, RuntimeSettings.forThisMachine())) {
            float[] expected = served.predict(image, Deadline.in(Duration.ofMinutes(1)))
                    .classification()
                    .logits();
            assertThat(background.predict(image))
                    .isInstanceOfSatisfying(
                            PredictionResult.LabelResult.class,
                            result ->
                                    assertThat(result.classification().logits()).containsExactly(expected));
        }
    }

    @Test
    void shouldRefuseWhatIsNoImage() {
        Bundle bundle = Tiny.bundle(directory, Tiny.means(GraphBuilder.BATCH), ENGINE);
        try (BackgroundModel background = BackgroundModel.open(ENGINE, bundle, RuntimeSettings.forThisMachine())) {
            assertThatThrownBy(() -> background.predict("no image".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            FoveaException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNSUPPORTED));
        }
    }

    @Test
    void shouldLeaveBusyCoresToOtherThreadsWhenTheSystemKnowsHow() throws Exception {
        CompletableFuture<String> nice = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                nice.complete(BackgroundModel.lowerPriority() ? ownNice() : "");
            } catch (IOException e) {
                nice.completeExceptionally(e);
            }
        });
        thread.join();
        Assumptions.assumeFalse(nice.join().isEmpty(), "skipped: this system has no nice values");
        assertThat(nice.join()).isEqualTo("10");
        assertThat(ownNice()).as("that of other threads").isEqualTo("0");
    }

    /** The nice value of the calling thread: field 19 of proc_pid_stat(5). */
    private static String ownNice() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
    }
}
