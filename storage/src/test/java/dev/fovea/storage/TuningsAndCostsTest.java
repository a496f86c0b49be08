package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.ModelStore;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.MonthlyCost;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.runtime.tuning.Tunings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class TuningsAndCostsTest {

    @Parameter
    private Pair pair;

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    @TempDir
    private Path directory;

    private HomeSettings settings;

    @BeforeEach
    void choose() {
        settings = pair.in(directory);
    }

    @Test
    void shouldKeepTheNewestTuningOfEachBundleAndMachineOverRestartsAndTellServers() {
        Tuning first = tuning(10);
        Tuning second = tuning(20);
        try (Home home = Home.open(settings, "0.1.0")) {
            ModelStore models = home.models();
            long before = models.revision();
            home.tunings().save("b1", "this machine", first);
            home.tunings().save("b1", "this machine", second);
            home.tunings().save("b1", "another", first);
            assertThat(models.revision()).isEqualTo(before + 3);
        }
        try (Home home = Home.open(settings, "0.1.0")) {
            Tunings tunings = home.tunings();
            assertThat(tunings.find("b1", "this machine")).contains(second);
            assertThat(tunings.find("b1", "another")).contains(first);
            assertThat(tunings.find("b2", "this machine")).isEmpty();
        }
    }

    @Test
    void shouldCountCostsOfSeveralThreadsWithoutLosingOneOverRestarts() throws InterruptedException {
        try (Home home = Home.open(settings, "0.1.0")) {
            CostStore costs = home.costs();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int call = 0; call < 25; call++) {
                        costs.change(
                                "vision",
                                NOVEMBER,
                                cost -> new MonthlyCost(NOVEMBER, cost.calls() + 1, cost.micros() + 1500));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (Home home = Home.open(settings, "0.1.0")) {
            assertThat(home.costs().load("vision", NOVEMBER)).isEqualTo(new MonthlyCost(NOVEMBER, 100, 150_000));
            assertThat(home.costs().load("vision", NOVEMBER.plusMonths(1)).calls())
                    .isZero();
            assertThat(home.costs().load("other", NOVEMBER).calls()).isZero();
        }
    }

    private static Tuning tuning(double perSecond) {
        return new Tuning(
                Optional.of(Duration.ofMillis(50)),
                List.of(new TuningTrial(new InstanceSettings(1, 2, 8), perSecond, 3.5, 12.25)));
    }
}
