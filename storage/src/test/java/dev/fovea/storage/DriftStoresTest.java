package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.drift.Acceptance;
import dev.fovea.monitoring.drift.AlarmOrigin;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftStore;
import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.SeenChange;
import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.drift.Rhythm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class DriftStoresTest {

    private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private static final VersionId VERSION = new VersionId("shirts", 2);

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

    private static SketchStore.StoredSketch sketch(int minute, int bytes) {
        return new SketchStore.StoredSketch(VERSION, START.plus(Duration.ofMinutes(minute)), 1, new byte[bytes]);
    }

    @Test
    void shouldKeepTheSketchesOfAllServersUntilTheyAreRolledUp() {
        SketchStore store = home.production().sketches();
        store.save("a", List.of(sketch(0, 3), sketch(1, 4)));
        store.save("b", List.of(sketch(0, 5)));
        store.save("b", List.of(sketch(0, 9)));
        assertThat(store.versions(START)).containsExactly(VERSION);
        assertThat(store.versions(START.plusSeconds(61))).isEmpty();
        assertThat(store.sketches(VERSION, START, START.plusSeconds(120)))
                .extracting(one -> one.bytes().length)
                .containsExactly(3, 5, 4);
        store.rollUp(
                VERSION,
                START,
                START.plus(Duration.ofHours(1)),
                new SketchStore.StoredSketch(VERSION, START, 60, new byte[7]));
        assertThat(store.sketches(VERSION, Instant.EPOCH, START.plusSeconds(7200)))
                .extracting(SketchStore.StoredSketch::minutes)
                .containsExactly(60);
        store.removeBefore(START.plusSeconds(1));
        assertThat(store.versions(Instant.EPOCH)).isEmpty();
    }

    @Test
    void shouldKeepWhatTheOwnerStated() {
        DriftStore store = home.production().drift();
        assertThat(store.settings("shirts")).isEqualTo(DriftSettings.DEFAULT);
        store.change("shirts", new DriftSettings(30, Rhythm.DAILY));
        store.change("shirts", new DriftSettings(45, Rhythm.NONE));
        assertThat(store.settings("shirts")).isEqualTo(new DriftSettings(45, Rhythm.NONE));
        assertThat(store.acceptance(VERSION)).isEmpty();
        Acceptance accepted = new Acceptance(START, START.plusSeconds(3600), "ana");
        store.accept(VERSION, new Acceptance(START, START.plusSeconds(60), "ben"));
        store.accept(VERSION, accepted);
        assertThat(store.acceptance(VERSION)).contains(accepted);
    }

    @Test
    void shouldKeepBlocksWithWhatTheyLack() {
        DriftStore store = home.production().drift();
        Block first = new Block(START, START.plusSeconds(600), 30, new double[] {1.5, Double.NaN, -2});
        Block second = new Block(START.plusSeconds(600), START.plusSeconds(1200), 25, new double[] {1, 2, 3});
        store.append(VERSION, List.of(first, second));
        store.append(VERSION, List.of(second));
        List<Block> blocks = store.blocks(VERSION, START);
        assertThat(blocks).hasSize(2);
        assertThat(blocks.getFirst().means()).containsExactly(first.means());
        assertThat(blocks.getFirst().images()).isEqualTo(30);
        assertThat(blocks.getFirst().end()).isEqualTo(first.end());
        assertThat(store.blocks(VERSION, START.plusSeconds(1))).hasSize(1);
    }

    @Test
    void shouldKeepTheLastReportOfEachVersion() {
        DriftStore store = home.production().drift();
        DriftAlarm alarm = new DriftAlarm(
                START.plusSeconds(7200),
                new DriftAlarm.Since(START.plusSeconds(60), START, START.plusSeconds(600)),
                250,
                9,
                List.of(new DriftAlarm.TestShare("brightness", 0.9)),
                List.of(new DriftAlarm.Finding("brightness", "grey levels", 118, 94, -12.5)));
        DriftReport report = new DriftReport(
                VERSION,
                DriftReport.DriftPhase.ALARM,
                "The images have changed.",
                DriftSettings.DEFAULT,
                new DriftReport.DriftProgress(START, Optional.of(START), 400, 10_000, 3),
                new DriftReport.DriftEvidence(120, 60, List.of(new DriftAlarm.TestShare("brightness", 100))),
                new DriftReport.DriftFindings(
                        List.of(
                                new SeenChange("brightness", "grey levels", 118, OptionalDouble.of(121)),
                                new SeenChange("noise", "grey levels", 1, OptionalDouble.empty())),
                        Optional.of(alarm),
                        new AlarmOrigin(
                                List.of(new AlarmOrigin.CarryingSlice("tag line", "3", 0.3, 0.4, "brightness", 0.9)),
                                List.of("before"),
                                List.of("after"),
                                List.of(new AlarmOrigin.NearestHeldOut(7, List.of("hole"), 0.5))),
                        alarm.findings()));
        store.report(report);
        store.report(report);
        assertThat(store.reports("shirts")).containsExactly(report);
        assertThat(store.reports("coats")).isEmpty();
    }
}
