package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.Batcher.Inferred;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class BatcherTest {

    private static final Deadline LATER = Deadline.in(Duration.ofHours(1));
    private static final int GATE = 0;
    private static final int BAD = -1;

    /**
     * Gives each tensor's number back; holds the number 0 until the gate is opened; what is thrown at -1 can be set.
     */
    private static final class GatedRunner implements Batcher.Runner {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final List<List<Integer>> runs = new ArrayList<>();
        private final Throwable failure;

        GatedRunner() {
            this(new IllegalStateException("bad tensor"));
        }

        GatedRunner(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public float[][] run(List<ByteBuffer> tensors) {
            List<Integer> numbers = tensors.stream().map(t -> t.getInt(0)).toList();
            runs.add(numbers);
            if (numbers.contains(GATE)) {
                entered.countDown();
                await(gate);
            }
            if (numbers.contains(BAD)) {
                switch (failure) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }
            return numbers.stream().map(n -> new float[] {n}).toArray(float[][]::new);
        }

        /** What ran after the gate was passed. */
        List<List<Integer>> later() {
            return runs.subList(1, runs.size());
        }
    }

    @Test
    void shouldRunWhatWaitedInOrderAndInBoundedBatches() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", runner, settings(8))) {
            hold(batcher, runner);
            List<CompletableFuture<Inferred>> answers = IntStream.rangeClosed(1, 20)
                    .mapToObj(n -> submit(batcher, n))
                    .toList();
            runner.gate.countDown();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().output()).containsExactly(i + 1);
            }
        }
        assertThat(runner.later()).extracting(List::size).containsExactly(8, 8, 4);
        assertThat(runner.later().stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void shouldCountWhatAnAnswerWaitedAndTook() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", runner, settings(8))) {
            hold(batcher, runner);
            CompletableFuture<Inferred> waiting = submit(batcher, 1);
            long held = System.nanoTime();
            spin(Duration.ofMillis(20));
            runner.gate.countDown();
            assertThat(waiting.get().queue()).isBetween(20_000_000L, System.nanoTime() - held + 1_000_000_000L);
            assertThat(waiting.get().infer())
                    .isPositive()
                    .isLessThan(waiting.get().queue() + 1_000_000_000L);
        }
    }

    @Test
    void shouldDropARequestBeforeInferenceWhenItsDeadlineHasPassed() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", runner, settings(8))) {
            hold(batcher, runner);
            Deadline soon = Deadline.in(Duration.ofMillis(5));
            CompletableFuture<Inferred> late = new CompletableFuture<>();
            batcher.submit(tensor(7), soon, late);
            CompletableFuture<Inferred> fine = submit(batcher, 8);
            spin(Duration.ofMillis(6));
            runner.gate.countDown();
            assertThat(code(late)).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(fine.get().output()).containsExactly(8);
        }
        assertThat(runner.later()).containsExactly(List.of(8));
    }

    @Test
    void shouldNotRunForACallerWhoHasGone() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", runner, settings(8))) {
            hold(batcher, runner);
            CompletableFuture<Inferred> gone = submit(batcher, 7);
            gone.cancel(false);
            runner.gate.countDown();
            assertThat(submit(batcher, 8).get().output()).containsExactly(8);
        }
        assertThat(runner.later()).containsExactly(List.of(8));
    }

    @Test
    void shouldRefuseAtOnceWhenTheQueueIsFull() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", runner, new BatchSettings(2, Duration.ZERO, 3))) {
            hold(batcher, runner);
            List<CompletableFuture<Inferred>> taken = IntStream.rangeClosed(1, 3)
                    .mapToObj(n -> submit(batcher, n))
                    .toList();
            assertThat(batcher.waiting()).isEqualTo(3);
            assertThatThrownBy(() -> submit(batcher, 4))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED))
                    .hasMessageContaining("3 pictures");
            runner.gate.countDown();
            assertThat(taken).allSatisfy(answer -> assertThat(answer.get()).isNotNull());
        }
    }

    @Test
    void shouldFailAloneWhenOneTensorOfABatchIsBad() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", runner, settings(8))) {
            hold(batcher, runner);
            List<CompletableFuture<Inferred>> answers =
                    Stream.of(1, BAD, 3).map(n -> submit(batcher, n)).toList();
            runner.gate.countDown();
            assertThat(answers.get(0).get().output()).containsExactly(1);
            assertThat(answers.get(2).get().output()).containsExactly(3);
            assertThatThrownBy(() -> answers.get(1).get()).hasRootCauseMessage("bad tensor");
        }
        assertThat(runner.later()).containsExactly(List.of(1, BAD, 3), List.of(1), List.of(BAD), List.of(3));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new NullPointerException("null"),
                new OutOfMemoryError("no memory"),
                new StackOverflowError("no stack"),
                new UnsatisfiedLinkError("no library"),
                new FoveaException(ErrorCode.INFERENCE_FAILED, "failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldAnswerEveryoneAndLiveOnWhateverTheRunnerThrows(Throwable failure) throws Exception {
        GatedRunner runner = new GatedRunner(failure);
        try (Batcher batcher = new Batcher("test", runner, settings(8))) {
            hold(batcher, runner);
            CompletableFuture<Inferred> first = submit(batcher, BAD);
            CompletableFuture<Inferred> second = submit(batcher, BAD);
            runner.gate.countDown();
            assertThatThrownBy(first::get).cause().isSameAs(failure);
            assertThatThrownBy(second::get).cause().isSameAs(failure);
            assertThat(submit(batcher, 5).get().output()).containsExactly(5);
        }
    }

    @Test
    void shouldAnswerEveryoneWhenTheRunnerGivesTooFewOutputs() throws Exception {
        try (Batcher batcher = new Batcher("test", tensors -> new float[0][], settings(8))) {
            CompletableFuture<Inferred> answer = submit(batcher, 1);
            assertThatThrownBy(answer::get).hasCauseInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void shouldAnswerWhatIsQueuedAndRefuseWhatComesAfterClose() throws Exception {
        GatedRunner runner = new GatedRunner();
        Batcher batcher = new Batcher("test", runner, new BatchSettings(2, Duration.ZERO, 5));
        hold(batcher, runner);
        List<CompletableFuture<Inferred>> queued =
                IntStream.rangeClosed(1, 5).mapToObj(n -> submit(batcher, n)).toList();
        Thread closer = Thread.ofVirtual().start(batcher::close);
        runner.gate.countDown();
        closer.join();
        assertThat(queued).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThatThrownBy(() -> submit(batcher, 6))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
        batcher.close();
    }

    @Test
    void shouldWaitForTheLastRunEvenWhenTheOneWhoClosesIsInterrupted() throws Exception {
        GatedRunner runner = new GatedRunner();
        Batcher batcher = new Batcher("test", runner, settings(8));
        CompletableFuture<Inferred> running = submit(batcher, GATE);
        await(runner.entered);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread closer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            batcher.close();
            closed.complete(running.isDone() && Thread.currentThread().isInterrupted());
        });
        spin(Duration.ofMillis(20));
        assertThat(closed).isNotDone();
        runner.gate.countDown();
        closer.join();
        assertThat(closed.get()).isTrue();
    }

    @Test
    void shouldLoseNoRequestWhenClosedWhileOthersSubmit() throws Exception {
        for (int round = 0; round < 100; round++) {
            Batcher batcher = new Batcher("test", t -> new float[t.size()][1], new BatchSettings(3, Duration.ZERO, 4));
            ConcurrentLinkedQueue<Future<Inferred>> taken = new ConcurrentLinkedQueue<>();
            List<Thread> submitters = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> submitUntilStopping(batcher, taken)))
                    .toList();
            while (taken.size() < 5) {
                Thread.onSpinWait();
            }
            batcher.close();
            for (Thread submitter : submitters) {
                submitter.join();
            }
            for (Future<Inferred> answer : taken) {
                try {
                    assertThat(answer.get(5, TimeUnit.SECONDS).output()).hasSize(1);
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    FoveaException.class,
                                    refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STOPPING));
                }
            }
        }
    }

    private static void submitUntilStopping(Batcher batcher, ConcurrentLinkedQueue<Future<Inferred>> taken) {
        while (true) {
            try {
                taken.add(submit(batcher, 1));
            } catch (FoveaException e) {
                if (e.code() == ErrorCode.STOPPING) {
                    return;
                }
            }
        }
    }

    @Test
    void shouldWaitForAFullBatchOnlyWhenADelayIsSet() throws Exception {
        GatedRunner runner = new GatedRunner();
        BatchSettings patient = new BatchSettings(2, Duration.ofSeconds(30), 16);
        try (Batcher batcher = new Batcher("test", runner, patient)) {
            CompletableFuture<Inferred> first = submit(batcher, 1);
            spin(Duration.ofMillis(10));
            assertThat(first).isNotDone();
            submit(batcher, 2).get(5, TimeUnit.SECONDS);
            assertThat(first).isCompleted();
        }
        assertThat(runner.runs).containsExactly(List.of(1, 2));
    }

    @Test
    void shouldCountTheDelayFromTheArrivalAndNotFromTheEndOfTheRunBefore() throws Exception {
        GatedRunner runner = new GatedRunner();
        Duration delay = Duration.ofSeconds(2);
        try (Batcher batcher = new Batcher("test", runner, new BatchSettings(2, delay, 16))) {
            submit(batcher, GATE);
            submit(batcher, 1);
            await(runner.entered);
            CompletableFuture<Inferred> waiting = submit(batcher, 2);
            spin(delay.plusMillis(1));
            long released = System.nanoTime();
            runner.gate.countDown();
            waiting.get();
            assertThat(System.nanoTime() - released).isLessThan(delay.toNanos() / 2);
        }
        assertThat(runner.later()).containsExactly(List.of(2));
    }

    @Test
    void shouldStopAtOnceWhileItWaitsForAFullBatch() {
        GatedRunner runner = new GatedRunner();
        Batcher batcher = new Batcher("test", runner, new BatchSettings(8, Duration.ofMinutes(10), 16));
        CompletableFuture<Inferred> waiting = submit(batcher, 1);
        batcher.close();
        assertThat(waiting).isCompleted();
    }

    private static BatchSettings settings(int maxBatch) {
        return new BatchSettings(maxBatch, Duration.ZERO, 64);
    }

    /** Returns once the owner thread stands in a run and everything submitted from now on waits. */
    private static void hold(Batcher batcher, GatedRunner runner) {
        submit(batcher, GATE);
        await(runner.entered);
    }

    private static CompletableFuture<Inferred> submit(Batcher batcher, int number) {
        CompletableFuture<Inferred> answer = new CompletableFuture<>();
        batcher.submit(tensor(number), LATER, answer);
        return answer;
    }

    private static ByteBuffer tensor(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }

    private static ErrorCode code(Future<Inferred> answer) throws InterruptedException {
        try {
            answer.get();
            throw new AssertionError("answered");
        } catch (ExecutionException e) {
            return ((FoveaException) e.getCause()).code();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void spin(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
