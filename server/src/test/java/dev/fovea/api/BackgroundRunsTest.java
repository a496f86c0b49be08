package dev.fovea.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fovea.api.BackgroundRuns.Kind;
import dev.fovea.api.BackgroundRuns.Run;
import dev.fovea.api.BackgroundRuns.State;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BackgroundRunsTest {

    private static final Kind<String> KIND = new Kind<>("evaluation", "evaluated", order -> order);

    @Test
    void shouldRunOneAtATimeAndEndWhatIsCancelledAtItsNextStep() {
        CompletableFuture<Boolean> goOn = new CompletableFuture<>();
        BackgroundRuns<String, Integer> runs = runs((order, progress) -> {
            goOn.join();
            progress.at("images", 1, 2);
            return 7;
        });
        assertThat(runs.start("a", "shirts:1").state()).isEqualTo(State.RUNNING);
        assertRefused(() -> runs.start("b", "shirts:2"), "shirts:1 is being evaluated");
        runs.cancel("a");
        goOn.complete(true);
        Run<String, Integer> ended = ended(runs, "a");
        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.message()).contains("It was cancelled.");
        assertRefused(() -> runs.cancel("a"), "has ended");
        assertThatThrownBy(() -> runs.run("b")).hasMessageContaining("There is no evaluation \"b\"");
    }

    @Test
    void shouldTellWhatCameOutAndForgetTheOldest() {
        BackgroundRuns<String, Integer> runs = runs((order, progress) -> {
            progress.at("images", 1, 2);
            return order.length();
        });
        for (int i = 0; i <= BackgroundRuns.REMEMBERED; i++) {
            runs.start("run " + i, "four");
            ended(runs, "run " + i);
        }
        assertThat(runs.recent()).hasSize(BackgroundRuns.REMEMBERED);
        assertThat(runs.find("run 0")).isEmpty();
        Run<String, Integer> last = runs.recent().getFirst();
        assertThat(last.id()).isEqualTo("run " + BackgroundRuns.REMEMBERED);
        assertThat(last.result()).contains(4);
        assertThat(last.step()).isEqualTo(new BackgroundRuns.Step("images", 1, 2));
    }

    @Test
    void shouldSayWhyARunFailed() {
        BackgroundRuns<String, Integer> known = runs((order, progress) -> {
            throw new FoveaException(ErrorCode.DATASET_INVALID, "There is no folder.");
        });
        known.start("a", "shirts:1");
        assertThat(ended(known, "a").message()).contains("DATASET_INVALID: There is no folder.");
        BackgroundRuns<String, Integer> fault = runs((order, progress) -> {
            throw new IllegalStateException("a secret of the program");
        });
        fault.start("a", "shirts:1");
        assertThat(ended(fault, "a").message()).contains("INTERNAL: It failed by a fault of the program. See the log.");
    }

    private static BackgroundRuns<String, Integer> runs(BackgroundRuns.Work<String, Integer> work) {
        return new BackgroundRuns<>(KIND, work, InstantSource.system());
    }

    private static Run<String, Integer> ended(BackgroundRuns<String, Integer> runs, String id) {
        return await().until(() -> runs.run(id), run -> run.state() != State.RUNNING);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
                .hasMessageContaining(words);
    }
}
