package dev.fovea.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DrawnBlocks;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.sketch.LoggedImages;
import dev.fovea.monitoring.sketch.SketchBook;
import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.registry.leases.Leases;
import dev.fovea.statistics.drift.Rhythm;
import dev.fovea.traffic.LoggedPrediction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DriftWatchTest {

    private static final Leases ALWAYS = new Leases() {
        @Override
        public boolean tryHold(String name, Duration duration) {
            return true;
        }

        @Override
        public void release(String name) {
            // nobody else wants it
        }
    };

    private final MemoryDrift store = new MemoryDrift();
    private final List<SketchBook> servers = List.of(book("a"), book("b"), book("c"));
    private final DrawnBlocks drawn = new DrawnBlocks(8);
    private DriftWatch watch = watch();
    private int turns;
    private long sent;

    private SketchBook book(String name) {
        return new SketchBook(store, name, version -> DrawnBlocks.NUMBERS);
    }

    private DriftWatch watch() {
        return new DriftWatch(
                servers.getFirst(),
                store,
                store,
                ALWAYS,
                version -> DrawnBlocks.NUMBERS,
                version -> Optional.of(LoggedImages.reference(200)),
                InstantSource.system(),
                ZoneOffset.UTC);
    }

    /** Traffic that is spread over three servers. */
    private void traffic(double days, double light) {
        Instant end = drawn.at().plusSeconds(Math.round(days * 86_400));
        while (drawn.at().isBefore(end)) {
            List<LoggedPrediction> rows = drawn.rows(light);
            for (int i = 0; i < rows.size(); i++) {
                servers.get(i % 3).add(List.of(rows.get(i)));
            }
            sent += rows.size();
            turns++;
            if (turns % 20 == 0) {
                turn(61);
            }
        }
        turn(180);
    }

    private void turn(int seconds) {
        Instant now = drawn.at().plusSeconds(seconds);
        servers.forEach(server -> server.close(now));
        watch.turn(now);
    }

    private DriftReport report() {
        return watch.reports().get(LoggedImages.VERSION);
    }

    @Test
    void theTrafficOfThreeServersIsOneStreamAndItsChangeIsReported() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        traffic(3, 1);
        assertThat(report().phase()).isEqualTo(DriftReport.DriftPhase.WATCHING);
        long images = report().progress().images() + report().progress().waiting();
        assertThat(images).isEqualTo(sent);
        traffic(1, 0.8);
        assertThat(report().phase()).isEqualTo(DriftReport.DriftPhase.ALARM);
        assertThat(report().statement()).contains("The images have changed since", "brightness");
        assertThat(store.reports("shirts")).containsExactly(report());
        assertThat(DriftMetrics.of(watch.reports()).getFirst().getDataPoints()).hasSize(1);
    }

    @Test
    void aRestartChangesNothing() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        traffic(3, 1);
        traffic(0.2, 0.95);
        DriftReport before = report();
        watch = watch();
        watch.turn(drawn.at().plusSeconds(180));
        assertThat(report().evidence()).isEqualTo(before.evidence());
        assertThat(report().progress().images()).isEqualTo(before.progress().images());
    }

    @Test
    void acceptedTrafficIsQuietAtOnceAndEndsAnAlarm() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        traffic(3, 1);
        traffic(3, 0.8);
        assertThat(report().phase()).isEqualTo(DriftReport.DriftPhase.ALARM);
        List<Block> blocks = store.blocks(LoggedImages.VERSION, drawn.at().minus(Duration.ofHours(65)));
        store.accept(
                LoggedImages.VERSION,
                new Acceptance(blocks.getFirst().start(), blocks.getLast().end(), "ana"));
        traffic(0.2, 0.8);
        assertThat(report().phase()).isEqualTo(DriftReport.DriftPhase.WATCHING);
        assertThat(report().alarm()).isEmpty();
    }

    @Test
    void rowsOfClosedMinutesAreCountedAsLateAndDisturbNothing() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        traffic(0.5, 1);
        LoggedPrediction late =
                LoggedImages.row(drawn.at().minus(Duration.ofHours(3)), "late", 1, new SplittableRandom(1));
        long before = report().progress().images();
        servers.getFirst().add(List.of(late));
        watch.turn(drawn.at().plusSeconds(240));
        assertThat(servers.getFirst().late()).isEqualTo(1);
        assertThat(report().progress().images()).isEqualTo(before);
    }

    @Test
    void anAlarmNamesItsLikelyCauseAndRequestsBeforeAndSince() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        traffic(3, 1);
        Instant change = drawn.at();
        traffic(1, 0.8);
        assertThat(report().statement()).contains("Likely cause: other light or exposure.");
        AlarmOrigin origin = report().findings().origin();
        assertThat(origin.slices()).isEmpty();
        assertThat(origin.requestsAfter())
                .hasSize(16)
                .allSatisfy(id -> assertThat(sentAt(id)).isAfter(change.minus(Duration.ofHours(2))));
        assertThat(origin.requestsBefore())
                .hasSize(16)
                .allSatisfy(id -> assertThat(sentAt(id)).isBefore(change));
        assertThat(origin.nearest()).hasSize(5);
    }

    /** Ids of drawn requests begin with their minute. */
    private static Instant sentAt(String id) {
        return Instant.parse(id.substring(0, id.indexOf('Z') + 1));
    }

    @Test
    void imagesThatAreUnlikeTheHeldOutOnesAreToldOnTheFirstDay() {
        traffic(0.5, 0.8);
        assertThat(report().phase()).isEqualTo(DriftReport.DriftPhase.LEARNING);
        assertThat(report().findings().unlikeHeldOut()).extracting("name").containsExactly("brightness");
        assertThat(report().statement())
                .contains("not like those that the version was judged on: brightness")
                .containsPattern("\\((19|20|21) % lower\\)");
    }

    @Test
    void imagesLikeTheHeldOutOnesAreNotSaidToDiffer() {
        traffic(2, 1);
        assertThat(report().findings().unlikeHeldOut()).isEmpty();
    }

    @Test
    void acceptedTrafficIsNotComparedWithHeldOutImages() {
        traffic(2, 0.8);
        List<Block> blocks = store.blocks(LoggedImages.VERSION, Instant.EPOCH);
        store.accept(
                LoggedImages.VERSION,
                new Acceptance(blocks.getFirst().start(), blocks.getLast().end(), "ana"));
        traffic(0.2, 0.8);
        assertThat(report().findings().unlikeHeldOut()).isEmpty();
    }

    @Test
    void trafficOfAClockThatWasAheadDoesNotCountOnceItIsSetBack() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        traffic(3, 1);
        long images = report().progress().images();
        Instant set = drawn.at();
        drawn.setClock(set.plus(Duration.ofDays(400)));
        traffic(0.5, 0.8);
        drawn.setClock(set);
        traffic(0.5, 1);
        assertThat(report().phase()).isEqualTo(DriftReport.DriftPhase.WATCHING);
        assertThat(report().progress().images()).isBetween(images + 300, images + 500);
    }

    @Test
    void aDamagedSketchIsLeftOutAndToldOnce() {
        store.change("shirts", new DriftSettings(90, Rhythm.NONE));
        store.save(
                "b", List.of(new SketchStore.StoredSketch(LoggedImages.VERSION, drawn.at(), 1, new byte[] {1, 2, 3})));
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(DriftWatch.class.getName());
        logger.addHandler(handler);
        try {
            traffic(0.5, 1);
            watch = watch(); // reads the sketches again
            watch.turn(drawn.at().plusSeconds(240));
            watch.turn(drawn.at().plusSeconds(300));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(report().progress().images() + report().progress().waiting()).isEqualTo(sent);
        assertThat(told)
                .filteredOn(line -> line.contains("damaged"))
                .hasSizeLessThanOrEqualTo(2)
                .isNotEmpty();
    }
}
