package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecodePoolTest {

    @Test
    void shouldRefuseAtOnceWhenTooManyBytesWait() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (DecodePool workers = new DecodePool(1, 16, 100)) {
            Future<String> first = workers.submit(60, () -> held(gate));
            assertRefused(() -> workers.submit(41, () -> "too much"), ErrorCode.OVERLOADED);
            Future<String> second = workers.submit(40, () -> "fits");
            gate.countDown();
            assertThat(first.get()).isEqualTo("held");
            assertThat(second.get()).isEqualTo("fits");
            awaitEmpty(workers);
            assertThat(workers.submit(100, () -> "all").get()).isEqualTo("all");
        }
    }

    @Test
    void shouldRefuseAtOnceWhenTooManyJobsWaitAndKeepNoneOfTheirBytes() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (DecodePool workers = new DecodePool(1, 2, 1000)) {
            List<Future<String>> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                taken.add(workers.submit(1, () -> held(gate)));
            }
            assertRefused(() -> workers.submit(500, () -> "no"), ErrorCode.OVERLOADED);
            assertThat(workers.waitingBytes()).isEqualTo(3);
            gate.countDown();
            for (Future<String> job : taken) {
                job.get();
            }
            awaitEmpty(workers);
        }
    }

    @Test
    void shouldTakeAnImageLargerThanTheLimitWhenItIsAlone() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (DecodePool workers = new DecodePool(1, 16, 100)) {
            Future<String> huge = workers.submit(101, () -> held(gate));
            assertRefused(() -> workers.submit(1, () -> "beside it"), ErrorCode.OVERLOADED);
            gate.countDown();
            assertThat(huge.get()).isEqualTo("held");
        }
    }

    @Test
    void shouldGiveTheBytesOfAnAbandonedJobBack() {
        CountDownLatch gate = new CountDownLatch(1);
        try (DecodePool workers = new DecodePool(1, 512, 1000)) {
            workers.submit(1, () -> held(gate));
            for (int i = 0; i < 100; i++) {
                workers.submit(999, () -> "never runs").cancel(false);
            }
            assertThat(workers.waitingBytes()).isEqualTo(1);
            gate.countDown();
        }
    }

    @Test
    void shouldGiveTheBytesOfAFailedJobBackAndLiveOn() throws Exception {
        try (DecodePool workers = new DecodePool(1, 16, 1000)) {
            Future<String> failed = workers.submit(999, () -> {
                throw new OutOfMemoryError("no memory");
            });
            assertThatThrownBy(failed::get).hasCauseInstanceOf(OutOfMemoryError.class);
            awaitEmpty(workers);
            assertThat(workers.submit(999, () -> "next").get()).isEqualTo("next");
        }
    }

    @Test
    void shouldSayThatItStopsAfterClose() {
        DecodePool workers = new DecodePool(1, 16, 1000);
        workers.close();
        assertRefused(() -> workers.submit(1, () -> "no"), ErrorCode.STOPPING);
        assertThat(workers.waitingBytes()).isZero();
    }

    /** A job's answer is out a moment before its bytes are back. */
    private static void awaitEmpty(DecodePool workers) {
        await().until(() -> workers.waitingBytes() == 0);
    }

    private static String held(CountDownLatch gate) throws InterruptedException {
        gate.await();
        return "held";
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
