package dev.fovea.runtime.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Deadline LATER = Deadline.in(Duration.ofHours(1));

    private final AtomicLong clock = new AtomicLong();

    @Test
    void shouldBoundItemsAndMakeRoomAgain() {
        Admission admission = admission(10, 1000, 1_000_000);
        List<Admission.Ticket> taken = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            taken.add(admission.admit(1, 1, Priority.NORMAL, LATER));
        }
        assertOverloaded(() -> admission.admit(1, 1, Priority.NORMAL, LATER), "9 images");
        admission.admit(1, 1, Priority.HIGH, LATER);
        assertOverloaded(() -> admission.requireRoom(Priority.HIGH), "10 images");
        taken.getFirst().close();
        taken.getFirst().close();
        assertThat(admission.items()).isEqualTo(9);
        admission.requireRoom(Priority.HIGH);
        assertOverloaded(() -> admission.requireRoom(Priority.NORMAL), "9 images");
    }

    @Test
    void shouldLeaveRoomForTheMoreUrgent() {
        Admission admission = admission(10, 1000, 1_000_000);
        for (int i = 0; i < 5; i++) {
            admission.admit(1, 1, Priority.LOW, LATER);
        }
        assertOverloaded(() -> admission.admit(1, 1, Priority.LOW, LATER), "5 images");
        admission.admit(1, 1, Priority.NORMAL, LATER);
    }

    @Test
    void shouldBoundTheBytesOfTheModelAndOfTheProgramAndKeepNoneOfThoseRefused() {
        ByteBudget program = new ByteBudget(1500);
        Admission one = new Admission(bounds(100, 1000), program);
        Admission other = new Admission(bounds(100, 1000), program);
        Admission.Ticket large = one.admit(1, 900, Priority.NORMAL, LATER);
        assertOverloaded(() -> one.admit(1, 200, Priority.NORMAL, LATER), "900 bytes");
        assertOverloaded(() -> other.admit(1, 700, Priority.NORMAL, LATER), "in this program");
        assertThat(one.items()).isEqualTo(1);
        assertThat(other.items()).isZero();
        assertThat(program.used()).isEqualTo(900);
        large.close();
        assertThat(program.used()).isZero();
    }

    @Test
    void shouldLetInWhatIsLargerThanEveryBoundWhenItIsAlone() {
        Admission admission = admission(2, 100, 100);
        Admission.Ticket huge = admission.admit(50, 5000, Priority.NORMAL, LATER);
        assertOverloaded(() -> admission.admit(1, 1, Priority.NORMAL, LATER), "50 images");
        huge.close();
        admission.admit(1, 1, Priority.NORMAL, LATER);
    }

    @Test
    void shouldTurnAwayWhoCannotBeAnsweredInTimeAndSayWhenToComeBack() {
        Admission admission = admission(10_000, 1_000_000, 1_000_000);
        for (int i = 0; i < 30; i++) {
            try (Admission.Ticket ticket = admission.admit(1, 1, Priority.NORMAL, LATER)) {
                clock.addAndGet(4_000_000);
                ticket.completed();
            }
        }
        List<Admission.Ticket> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(admission.admit(1, 1, Priority.HIGH, LATER));
        }
        // 400 ms of work wait
        Deadline soon = Deadline.in(Duration.ofMillis(100));
        assertOverloaded(() -> admission.admit(1, 1, Priority.HIGH, soon), "which takes some");
        assertThatThrownBy(() -> admission.admit(1, 1, Priority.HIGH, soon))
                .isInstanceOfSatisfying(
                        FoveaException.class,
                        e -> assertThat(e.retryAfter().orElseThrow()).isEqualTo(Duration.ofMillis(200)));
        waiting.forEach(Admission.Ticket::close);
        admission.admit(1, 1, Priority.HIGH, Deadline.in(Duration.ofMillis(100)));
    }

    @Test
    void shouldRefuseNobodyForATimeThatIsNotKnownYet() {
        Admission admission = admission(10_000, 1_000_000, 1_000_000);
        for (int i = 0; i < 7; i++) {
            try (Admission.Ticket ticket = admission.admit(1, 1, Priority.NORMAL, LATER)) {
                clock.addAndGet(4_000_000);
                ticket.completed();
            }
        }
        for (int i = 0; i < 100; i++) {
            admission.admit(1, 1, Priority.HIGH, Deadline.in(Duration.ofMillis(100)));
        }
        assertThat(admission.items()).isEqualTo(100);
    }

    private Admission admission(int items, long bytes, long program) {
        return new Admission(bounds(items, bytes), new ByteBudget(program), clock::get);
    }

    private static BatchSettings.Bounds bounds(int items, long bytes) {
        return new BatchSettings.Bounds(items, bytes, Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private static void assertOverloaded(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED))
                .hasMessageContaining(said);
    }
}
