package dev.fovea.remote.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.GuardedModel;
import dev.fovea.remote.LocalService;
import dev.fovea.remote.Models;
import dev.fovea.remote.RemoteModel;
import dev.fovea.remote.RemoteSettings;
import dev.fovea.remote.Responses;
import java.time.Duration;
import java.time.YearMonth;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The cost record: never below the bill, never above the ceiling. */
class CostMeterTest {

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final YearMonth DECEMBER = YearMonth.of(2026, 12);

    private final Models models = Models.create();

    @Test
    void shouldRefuseACallPastTheCeilingUntilTheNextMonth() {
        try (LocalService service = new LocalService().then(200, Responses.GOOGLE);
                RemoteModel model =
                        models.open(Models.google(service.uri()), Models.LIMITS, new Budget(0.0015, 0.0045, "USD"))) {
            for (int i = 0; i < 3; i++) {
                model.predict(Models.IMAGE, Models.AMPLE);
            }
            FoveaException spent =
                    catchThrowableOfType(FoveaException.class, () -> model.predict(Models.IMAGE, Models.AMPLE));
            assertThat(spent.code()).isEqualTo(ErrorCode.REMOTE_SUSPENDED);
            assertThat(spent)
                    .hasMessage(
                            "pets (Google Vision) has spent its budget: 3 calls cost 0.0045 USD in 2026-11, at 0.0015 USD a "
                                    + "call and a ceiling of 0.0045 USD. Raise monthly_ceiling, or wait for 2026-12, UTC.");
            assertThat(service.requests).hasSize(3);
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.CLOSED);

            models.clock.forward(Duration.ofMinutes(1));
            model.predict(Models.IMAGE, Models.AMPLE);
            assertThat(model.status().month()).isEqualTo(new MonthlyCost(DECEMBER, 1, 1500));
            assertThat(models.costs.load("pets", NOVEMBER)).isEqualTo(new MonthlyCost(NOVEMBER, 3, 4500));
        }
    }

    @Test
    void shouldContinueTheRecordOfAnEarlierProcess() {
        meter(new Budget(1, 2, "EUR")).reserve();
        CostMeter next = meter(new Budget(1, 2, "EUR"));
        next.reserve();
        assertThatThrownBy(next::reserve).hasMessageContaining("2 calls cost 2 EUR");
    }

    @Test
    void shouldRecordACallBeforeItIsSent() {
        AtomicInteger recorded = new AtomicInteger(-1);
        try (LocalService service = new LocalService()) {
            service.then(exchange -> {
                recorded.set((int) models.costs.load("pets", NOVEMBER).calls());
                exchange.sendResponseHeaders(403, -1);
            });
            try (RemoteModel model = models.open(Models.google(service.uri()))) {
                assertThatThrownBy(() -> model.predict(Models.IMAGE, Models.AMPLE))
                        .isInstanceOf(FoveaException.class);
            }
        }
        assertThat(recorded).hasValue(1);
        // Sent and refused: it stays.
        assertThat(models.costs.load("pets", NOVEMBER).calls()).isEqualTo(1);
    }

    @Test
    void shouldSendNothingThatCannotBeRecorded() {
        CostStore broken = new CostStore() {
            @Override
            public MonthlyCost load(String model, YearMonth month) {
                throw new FoveaException(ErrorCode.STORAGE_FAILED, "The disk is full.");
            }

            @Override
            public MonthlyCost change(String model, YearMonth month, UnaryOperator<MonthlyCost> step) {
                return load(model, month);
            }
        };
        try (LocalService service = new LocalService().then(200, Responses.GOOGLE);
                RemoteModel model = new GuardedModel(
                        new RemoteSettings(
                                "pets", Models.google(service.uri()), Models.MAPPING, Models.LIMITS, Models.BUDGET),
                        broken,
                        models.clock,
                        models.pauses::add)) {
            assertThatThrownBy(() -> model.predict(Models.IMAGE, Models.AMPLE))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
            assertThat(service.requests).isEmpty();
        }
    }

    @Test
    void shouldReleaseACallInItsOwnMonth() {
        CostMeter meter = meter(new Budget(1, 10, "EUR"));
        CostMeter.Reservation reservation = meter.reserve();
        models.clock.forward(Duration.ofDays(1));
        meter.release(reservation);
        assertThat(models.costs.load("pets", NOVEMBER)).isEqualTo(MonthlyCost.none(NOVEMBER));
        assertThat(models.costs.load("pets", DECEMBER)).isEqualTo(MonthlyCost.none(DECEMBER));
    }

    @Test
    void shouldCountWhatCostsNothingInMemoryOnly() {
        CostMeter meter = meter(Budget.free());
        meter.reserve();
        assertThat(meter.thisMonth().calls()).isEqualTo(1);
        assertThat(models.costs.load("pets", NOVEMBER).calls()).isZero();
    }

    @Property(tries = 20)
    void shouldLetExactlyAsManyCallsThroughAsTheCeilingPays(
            @ForAll @IntRange(min = 1, max = 5000) int priceMicros, @ForAll @IntRange(max = 40) int paid) {
        Budget budget = new Budget(priceMicros / 1e6, priceMicros * paid / 1e6, "USD");
        CostMeter meter = new CostMeter("pets", "pets", budget, CostStore.inMemory(), new Models.HandClock());
        AtomicInteger through = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                callers.execute(() -> {
                    try {
                        meter.reserve();
                        through.incrementAndGet();
                    } catch (FoveaException spent) {
                        assertThat(spent.code()).isEqualTo(ErrorCode.REMOTE_SUSPENDED);
                    }
                });
            }
        }
        assertThat(through).hasValue(paid);
        assertThat(meter.thisMonth().micros()).isEqualTo((long) priceMicros * paid);
    }

    private CostMeter meter(Budget budget) {
        return new CostMeter("pets", "pets", budget, models.costs, models.clock);
    }
}
