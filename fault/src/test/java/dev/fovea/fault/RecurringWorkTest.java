package dev.fovea.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecurringWorkTest {

    private static final RecurringWork.Words WORDS =
            new RecurringWork.Words("Images cannot be kept", "Images are kept again.");
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void shouldGoOnAfterATurnThatFailed() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        try (RecurringWork work = new RecurringWork("test", WORDS, SOON, () -> {
            third.countDown();
            if (turns.incrementAndGet() < 3) {
                throw new IllegalStateException("turn " + turns);
            }
            return NEVER;
        })) {
            work.start();
            assertThat(third.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(turns).hasValue(3);
    }

    @Test
    void shouldTellItsProblemUntilATurnSucceeds() {
        AtomicBoolean isFull = new AtomicBoolean(true);
        RecurringWork work = new RecurringWork("test", WORDS, SOON, () -> {
            if (isFull.get()) {
                throw new FoveaException(ErrorCode.STORAGE_FAILED, "The disk is full.");
            }
            return NEVER;
        });

        assertThat(work.attempt()).isEqualTo(SOON);
        assertThat(work.problem()).contains("Images cannot be kept: The disk is full.");
        isFull.set(false);
        assertThat(work.attempt()).isEqualTo(NEVER);
        assertThat(work.problem()).isEmpty();
    }

    @Test
    void shouldLetTheTurnUnderWayEndBeforeItCloses() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean isDone = new AtomicBoolean();
        RecurringWork work = new RecurringWork("test", WORDS, SOON, () -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            isDone.set(true);
            return NEVER;
        });
        work.start();
        begun.await();
        Thread closer = Thread.ofPlatform().start(work::close);
        mayEnd.countDown();
        closer.join();
        assertThat(isDone).isTrue();
    }

    @Test
    void shouldCloseThoughItWasNeverStarted() {
        AtomicInteger turns = new AtomicInteger();
        new RecurringWork("test", WORDS, SOON, () -> {
                    turns.incrementAndGet();
                    return NEVER;
                })
                .close();
        assertThat(turns).hasValue(0);
    }
}
