package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.leases.Leases;
import dev.fovea.storage.sql.SqlLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class LeasesTest {

    private static final String WORK = "rollouts";
    private static final Duration TEN = Duration.ofSeconds(10);

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** One process with a monotonic clock of its own, which starts anywhere. */
    private final class Server {

        private long nanos = new Random(7).nextLong();
        private final Leases leases;

        Server(String name) {
            leases = new SqlLeases(home.stores().database(), name, () -> nanos);
        }

        boolean holdsAfter(double seconds) {
            nanos += Math.round(seconds * 1e9);
            return leases.tryHold(WORK, TEN);
        }
    }

    @Test
    void shouldGiveALeaseToOneProcessAndKeepItWhileItIsRenewed() {
        Server a = new Server("a");
        Server b = new Server("b");
        assertThat(a.holdsAfter(0)).isTrue();
        for (int turn = 0; turn < 30; turn++) {
            assertThat(b.holdsAfter(4)).isFalse();
            assertThat(a.holdsAfter(4)).isTrue();
        }
    }

    @Test
    void shouldPassALeaseOnWhenItsHolderWasSilentForItsDuration() {
        Server a = new Server("a");
        Server b = new Server("b");
        assertThat(a.holdsAfter(0)).isTrue();
        assertThat(b.holdsAfter(100)).isFalse(); // only now does it see the holder
        assertThat(b.holdsAfter(9.9)).isFalse();
        assertThat(b.holdsAfter(0.2)).isTrue();
        assertThat(a.holdsAfter(20)).isFalse();
    }

    /** A holder that pauses beyond its duration has lost it when it looks again, even with nobody else there. */
    @Test
    void shouldTakeItsOwnLeaseAgainAfterAPause() {
        Server a = new Server("a");
        assertThat(a.holdsAfter(0)).isTrue();
        assertThat(a.holdsAfter(1000)).isTrue();
    }

    /** Taken, given back and taken again by one process, it does not look unrenewed to another one. */
    @Test
    void shouldPassAReleasedLeaseOnAtOnceAndCountARetakenOneAsNew() {
        Server a = new Server("a");
        Server b = new Server("b");
        assertThat(a.holdsAfter(0)).isTrue();
        assertThat(b.holdsAfter(0)).isFalse();
        a.leases.release(WORK);
        assertThat(a.holdsAfter(0)).isTrue();
        assertThat(b.holdsAfter(11)).isFalse();
        a.leases.release(WORK);
        assertThat(b.holdsAfter(0)).isTrue();
        b.leases.release("another");
        assertThat(a.holdsAfter(0)).isFalse();
    }

    @Test
    void shouldGiveALeaseToOneOfManyProcessesThatRaceForIt() throws InterruptedException {
        List<Server> servers =
                IntStream.range(0, 6).mapToObj(i -> new Server("s" + i)).toList();
        AtomicInteger holders = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = servers.stream()
                .map(server -> Thread.ofPlatform().start(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    if (server.holdsAfter(0)) {
                        holders.incrementAndGet();
                    }
                }))
                .toList();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(holders).hasValue(1);
    }

    @Test
    void shouldRefuseADurationThatIsNone() {
        Leases leases = home.production().leases();
        assertThatThrownBy(() -> leases.tryHold(WORK, Duration.ZERO))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining("1 ms to a day");
    }
}
