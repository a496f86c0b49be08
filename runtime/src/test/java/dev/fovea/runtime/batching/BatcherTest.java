package dev.fovea.runtime.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.session.Timings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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
    private static class GatedRunner implements BatchRunner {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final CountDownLatch terminated = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final List<List<Integer>> runs = Collections.synchronizedList(new ArrayList<>());
        private final Throwable failure;

        GatedRunner() {
            this(new IllegalStateException("bad tensor"));
        }

        GatedRunner(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public List<Tensor> run(List<Tensor> batch) {
            List<Integer> numbers = numbers(batch.getFirst());
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
            Tensor given = batch.getFirst();
            ByteBuffer own = ByteBuffer.allocate(given.bytes().remaining())
                    .put(given.bytes().duplicate());
            return List.of(new Tensor(given.name(), given.type(), given.shape(), own.flip()));
        }

        @Override
        public void terminate() {
            terminated.countDown();
        }

        @Override
        public void close() {
            closed.countDown();
        }

        /** What ran after the gate was passed. */
        List<List<Integer>> later() {
            return runs.subList(1, runs.size());
        }
    }

    @Test
    void shouldRunWhatWaitedInOrderAndInBoundedBatches() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            List<CompletableFuture<InferenceOutput>> answers = IntStream.rangeClosed(1, 20)
                    .mapToObj(n -> submit(batcher, n))
                    .toList();
            runner.gate.countDown();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().outputs())
                        .first()
                        .extracting(BatcherTest::number)
                        .isEqualTo(i + 1);
            }
        }
        assertThat(runner.later()).extracting(List::size).containsExactly(8, 8, 4);
        assertThat(runner.later().stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void shouldCountWhatAnAnswerWaitedAndTook() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            long submitted = System.nanoTime();
            CompletableFuture<InferenceOutput> waiting = submit(batcher, 1);
            awaitPassed(Deadline.in(Duration.ofMillis(20)));
            runner.gate.countDown();
            Timings timings = waiting.get().timings();
            assertThat(timings.queue()).isGreaterThanOrEqualTo(20_000_000L);
            assertThat(timings.infer()).isPositive();
            assertThat(timings.queue() + timings.infer()).isLessThanOrEqualTo(System.nanoTime() - submitted);
        }
    }

    @Test
    void shouldDropARequestBeforeInferenceWhenItsDeadlineHasPassed() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            Deadline soon = Deadline.in(Duration.ofMillis(5));
            CompletableFuture<InferenceOutput> late = new CompletableFuture<>();
            batcher.submit(request(7, Priority.NORMAL, soon, late));
            CompletableFuture<InferenceOutput> fine = submit(batcher, 8);
            awaitPassed(soon);
            runner.gate.countDown();
            assertThat(code(late)).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(fine.get().outputs())
                    .first()
                    .extracting(BatcherTest::number)
                    .isEqualTo(8);
        }
        assertThat(runner.later()).containsExactly(List.of(8));
    }

    @Test
    void shouldNotRunForACallerWhoHasGone() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            CompletableFuture<InferenceOutput> gone = submit(batcher, 7);
            gone.cancel(false);
            runner.gate.countDown();
            assertThat(submit(batcher, 8).get().outputs())
                    .first()
                    .extracting(BatcherTest::number)
                    .isEqualTo(8);
        }
        assertThat(runner.later()).containsExactly(List.of(8));
    }

    @Test
    void shouldFailAloneWhenOneTensorOfABatchIsBad() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            List<CompletableFuture<InferenceOutput>> answers =
                    Stream.of(1, BAD, 3).map(n -> submit(batcher, n)).toList();
            runner.gate.countDown();
            assertThat(answers.get(0).get().outputs())
                    .first()
                    .extracting(BatcherTest::number)
                    .isEqualTo(1);
            assertThat(answers.get(2).get().outputs())
                    .first()
                    .extracting(BatcherTest::number)
                    .isEqualTo(3);
            assertThatThrownBy(() -> answers.get(1).get()).hasRootCauseMessage("bad tensor");
        }
        assertThat(runner.later())
                .containsExactly(List.of(1, BAD, 3), List.of(1), List.of(BAD, 3), List.of(BAD), List.of(3));
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
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            CompletableFuture<InferenceOutput> first = submit(batcher, BAD);
            CompletableFuture<InferenceOutput> second = submit(batcher, BAD);
            runner.gate.countDown();
            assertThatThrownBy(first::get).cause().isSameAs(failure);
            assertThatThrownBy(second::get).cause().isSameAs(failure);
            assertThat(submit(batcher, 5).get().outputs())
                    .first()
                    .extracting(BatcherTest::number)
                    .isEqualTo(5);
        }
    }

    @Test
    void shouldAnswerEveryoneWhenTheRunnerGivesTooFewOutputs() throws Exception {
        GatedRunner runner = new GatedRunner() {
            @Override
            public List<Tensor> run(List<Tensor> batch) {
                List<Tensor> all = super.run(batch);
                return all.getFirst().shape()[0] == 1 ? all : List.of(tensor(1));
            }
        };
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            List<CompletableFuture<InferenceOutput>> answers =
                    Stream.of(1, 2, 3).map(n -> submit(batcher, n)).toList();
            runner.gate.countDown();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().outputs())
                        .first()
                        .extracting(BatcherTest::number)
                        .isEqualTo(i + 1);
            }
        }
    }

    @Test
    void shouldAnswerWhatIsQueuedAndRefuseWhatComesAfterClose() throws Exception {
        GatedRunner runner = new GatedRunner();
        Batcher batcher = new Batcher("test", () -> runner, settings(2));
        hold(batcher, runner);
        List<CompletableFuture<InferenceOutput>> queued =
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
        Batcher batcher = new Batcher("test", () -> runner, settings(8));
        CompletableFuture<InferenceOutput> running = submit(batcher, GATE);
        await(runner.entered);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread closer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            batcher.close();
            closed.complete(running.isDone() && Thread.currentThread().isInterrupted());
        });
        Awaitility.await().until(() -> closer.getState() != Thread.State.RUNNABLE);
        assertThat(closed).isNotDone();
        runner.gate.countDown();
        closer.join();
        assertThat(closed.get()).isTrue();
    }

    @Test
    void shouldLoseNoRequestWhenClosedWhileOthersSubmit() throws Exception {
        for (int round = 0; round < 30; round++) {
            Batcher batcher = new Batcher("test", GatedRunner::new, settings(3));
            ConcurrentLinkedQueue<Future<InferenceOutput>> taken = new ConcurrentLinkedQueue<>();
            CountDownLatch some = new CountDownLatch(5);
            List<Thread> submitters = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> submitUntilStopping(batcher, taken, some)))
                    .toList();
            await(some);
            batcher.close();
            for (Thread submitter : submitters) {
                submitter.join();
            }
            for (Future<InferenceOutput> answer : taken) {
                try {
                    assertThat(answer.get().outputs()).hasSize(1);
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    FoveaException.class,
                                    refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STOPPING));
                }
            }
        }
    }

    private static void submitUntilStopping(
            Batcher batcher, ConcurrentLinkedQueue<Future<InferenceOutput>> taken, CountDownLatch some) {
        while (true) {
            try {
                taken.add(submit(batcher, 1));
                some.countDown();
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
        BatchSettings patient = delayed(2, Duration.ofSeconds(30));
        try (Batcher batcher = new Batcher("test", () -> runner, patient)) {
            CompletableFuture<InferenceOutput> first = submit(batcher, 1);
            Awaitility.await().during(Duration.ofMillis(10)).until(() -> !first.isDone());
            submit(batcher, 2).get();
            assertThat(first).isCompleted();
        }
        assertThat(runner.runs).containsExactly(List.of(1, 2));
    }

    @Test
    void shouldCountTheDelayFromTheArrivalAndNotFromTheEndOfTheRunBefore() throws Exception {
        GatedRunner runner = new GatedRunner();
        Duration delay = Duration.ofHours(1);
        try (Batcher batcher = new Batcher("test", () -> runner, delayed(2, delay))) {
            submit(batcher, GATE);
            submit(batcher, 1);
            await(runner.entered);
            CompletableFuture<InferenceOutput> waiting = new CompletableFuture<>();
            long longAgo = System.nanoTime() - delay.toNanos();
            batcher.submit(new Inference(List.of(tensor(2)), 1, Priority.NORMAL, LATER, longAgo, waiting));
            runner.gate.countDown();
            waiting.get();
        }
        assertThat(runner.later()).containsExactly(List.of(2));
    }

    @Test
    void shouldStopAtOnceWhileItWaitsForAFullBatch() {
        GatedRunner runner = new GatedRunner();
        Batcher batcher = new Batcher("test", () -> runner, delayed(8, Duration.ofMinutes(10)));
        CompletableFuture<InferenceOutput> waiting = submit(batcher, 1);
        batcher.close();
        assertThat(waiting).isCompleted();
    }

    @Test
    void shouldLetTheMoreUrgentGoFirst() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(1))) {
            hold(batcher, runner);
            // the thread that leads has laid one out already; the order of the others is still open
            CompletableFuture<InferenceOutput> laidOut = submit(batcher, 1);
            awaitWaiting(batcher, 0);
            List<CompletableFuture<InferenceOutput>> answers = new ArrayList<>(List.of(laidOut));
            for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
                CompletableFuture<InferenceOutput> answer = new CompletableFuture<>();
                batcher.submit(request(10 + priority.ordinal(), priority, LATER, answer));
                answers.add(answer);
            }
            runner.gate.countDown();
            for (CompletableFuture<InferenceOutput> answer : answers) {
                answer.get();
            }
        }
        assertThat(runner.later()).containsExactly(List.of(1), List.of(10), List.of(11), List.of(12));
    }

    @Test
    void shouldLayOutTheNextBatchWhileOneRuns() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(4))) {
            hold(batcher, runner);
            for (int n = 1; n <= 6; n++) {
                submit(batcher, n);
            }
            // four of the six have left the line for native memory though the only instance is busy
            awaitWaiting(batcher, 2);
            runner.gate.countDown();
        }
        assertThat(runner.later()).containsExactly(List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void shouldRunAsManyAtOnceAsThereAreInstances() throws Exception {
        List<GatedRunner> runners = new ArrayList<>();
        Supplier<BatchRunner> opened = () -> {
            runners.add(new GatedRunner());
            return runners.getLast();
        };
        try (Batcher batcher = new Batcher("test", opened, settings(8).withInstances(2))) {
            CompletableFuture<InferenceOutput> first = submit(batcher, GATE);
            awaitEntered(runners, 1);
            CompletableFuture<InferenceOutput> second = submit(batcher, GATE);
            awaitEntered(runners, 2);
            assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
            runners.forEach(runner -> runner.gate.countDown());
            first.get();
            second.get();
        }
        assertThat(runners)
                .hasSize(2)
                .allSatisfy(runner -> assertThat(runner.closed.getCount()).isZero());
    }

    @Test
    void shouldLeaveOtherInstancesTheirShareOfWhatWaits() throws Exception {
        List<GatedRunner> runners = new ArrayList<>();
        Supplier<BatchRunner> opened = () -> {
            runners.add(new GatedRunner());
            return runners.getLast();
        };
        try (Batcher batcher = new Batcher("test", opened, settings(8).withInstances(2))) {
            submit(batcher, GATE);
            awaitEntered(runners, 1);
            submit(batcher, GATE);
            awaitEntered(runners, 2);
            for (int n = 1; n <= 6; n++) {
                submit(batcher, n);
            }
            // a batch of three is laid out for the first instance that is free
            awaitWaiting(batcher, 3);
            runners.forEach(runner -> runner.gate.countDown());
        }
        assertThat(runners.stream().flatMap(runner -> runner.later().stream()))
                .contains(List.of(1, 2, 3))
                .allSatisfy(run -> assertThat(run).hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void shouldReplaceAnInstanceThatHangsAndAnswerTheRest() throws Exception {
        List<GatedRunner> runners = new ArrayList<>();
        Supplier<BatchRunner> opened = () -> {
            runners.add(new GatedRunner());
            return runners.getLast();
        };
        BatchSettings hasty = new BatchSettings(
                8,
                Duration.ZERO,
                Duration.ofSeconds(1),
                1,
                new BatchSettings.Bounds(64, 1_000_000, Duration.ofSeconds(5), Duration.ofMillis(50)));
        try (Batcher batcher = new Batcher("test", opened, hasty)) {
            CompletableFuture<InferenceOutput> stuck = submit(batcher, GATE);
            assertThat(code(stuck)).isEqualTo(ErrorCode.INSTANCE_HUNG);
            await(runners.getFirst().terminated);
            assertThat(submit(batcher, 5).get().outputs())
                    .first()
                    .extracting(BatcherTest::number)
                    .isEqualTo(5);
            assertThat(batcher.replaced()).isEqualTo(1);
            // the thread that hung closes what it held when it comes back
            runners.getFirst().gate.countDown();
            await(runners.getFirst().closed);
        }
        assertThat(runners).hasSize(2);
    }

    @Test
    void shouldCutBatchesThatWouldTakeTooLong() throws Exception {
        GatedRunner slow = new GatedRunner() {
            @Override
            public List<Tensor> run(List<Tensor> batch) {
                awaitPassed(Deadline.in(Duration.ofMillis(10 * batch.getFirst().shape()[0])));
                return super.run(batch);
            }
        };
        BatchSettings settings =
                new BatchSettings(8, Duration.ZERO, Duration.ofMillis(45), 1, BatchSettings.Bounds.DEFAULT);
        try (Batcher batcher = new Batcher("test", () -> slow, settings)) {
            submit(batcher, 1).get();
            hold(batcher, slow);
            List<CompletableFuture<InferenceOutput>> answers = IntStream.rangeClosed(1, 8)
                    .mapToObj(n -> submit(batcher, n))
                    .toList();
            slow.gate.countDown();
            for (CompletableFuture<InferenceOutput> answer : answers) {
                answer.get();
            }
        }
        assertThat(slow.later()).allSatisfy(run -> assertThat(run).hasSizeLessThanOrEqualTo(4));
    }

    @Test
    void shouldNotMixRequestsOfDifferentShape() throws Exception {
        GatedRunner runner = new GatedRunner();
        try (Batcher batcher = new Batcher("test", () -> runner, settings(8))) {
            hold(batcher, runner);
            CompletableFuture<InferenceOutput> narrow = submit(batcher, 1);
            CompletableFuture<InferenceOutput> wide = new CompletableFuture<>();
            Tensor two = new Tensor("n", DataType.INT32, new long[] {1, 2}, ByteBuffer.allocate(8));
            batcher.submit(new Inference(List.of(two), 1, Priority.NORMAL, LATER, System.nanoTime(), wide));
            runner.gate.countDown();
            assertThat(narrow.get().outputs().getFirst().shape()).containsExactly(1, 1);
            assertThat(wide.get().outputs().getFirst().shape()).containsExactly(1, 2);
        }
        assertThat(runner.later()).containsExactly(List.of(1), List.of(0, 0));
    }

    private static void awaitEntered(List<GatedRunner> runners, long count) {
        Awaitility.await()
                .until(() -> runners.stream()
                                .filter(runner -> runner.entered.getCount() == 0)
                                .count()
                        >= count);
    }

    private static void awaitWaiting(Batcher batcher, int count) {
        Awaitility.await().until(() -> batcher.queued() == count);
    }

    private static BatchSettings settings(int maxBatch) {
        return delayed(maxBatch, Duration.ZERO);
    }

    private static BatchSettings delayed(int maxBatch, Duration delay) {
        return new BatchSettings(maxBatch, delay, Duration.ofMinutes(1), 1, BatchSettings.Bounds.DEFAULT);
    }

    /** Returns once the owner thread stands in a run and everything submitted from now on waits. */
    private static void hold(Batcher batcher, GatedRunner runner) {
        submit(batcher, GATE);
        await(runner.entered);
    }

    private static CompletableFuture<InferenceOutput> submit(Batcher batcher, int number) {
        CompletableFuture<InferenceOutput> answer = new CompletableFuture<>();
        batcher.submit(request(number, Priority.NORMAL, LATER, answer));
        return answer;
    }

    private static Inference request(
            int number, Priority priority, Deadline deadline, CompletableFuture<InferenceOutput> answer) {
        return new Inference(List.of(tensor(number)), 1, priority, deadline, System.nanoTime(), answer);
    }

    private static Tensor tensor(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, number);
        return new Tensor("n", DataType.INT32, new long[] {1, 1}, bytes);
    }

    private static int number(Tensor tensor) {
        return numbers(tensor).getFirst();
    }

    private static List<Integer> numbers(Tensor tensor) {
        List<Integer> numbers = new ArrayList<>();
        for (ByteBuffer left = tensor.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN); left.hasRemaining(); ) {
            numbers.add(left.getInt());
        }
        return numbers;
    }

    private static ErrorCode code(Future<InferenceOutput> answer) throws InterruptedException {
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

    private static void awaitPassed(Deadline deadline) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(deadline::hasPassed);
    }
}
