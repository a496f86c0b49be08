package dev.fovea.monitoring.drift.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

    private static DriftDetector detector(Rhythm rhythm) {
        return new DriftDetector(
                DrawnBlocks.NUMBERS.coordinates(), new DriftSettings(90, rhythm), ZoneOffset.UTC, Optional.empty());
    }

    private static List<DriftAlarm> alarms(DriftDetector detector, List<Block> blocks) {
        List<DriftAlarm> alarms = new ArrayList<>();
        blocks.forEach(block -> detector.add(block).ifPresent(alarms::add));
        return alarms;
    }

    @Test
    void darkerImagesAreFoundWithinHoursAndNamed() {
        DrawnBlocks drawn = new DrawnBlocks(1);
        DriftDetector detector = detector(Rhythm.DAILY);
        assertThat(alarms(detector, drawn.days(6, at -> 1))).isEmpty();
        assertThat(detector.watching()).isInstanceOf(Watching.NoChange.class);
        Instant change = drawn.at();
        List<DriftAlarm> alarms = alarms(detector, drawn.days(1, at -> 0.8));
        assertThat(alarms).hasSize(1);
        DriftAlarm alarm = alarms.getFirst();
        assertThat(alarm.raised()).isBefore(change.plus(Duration.ofHours(6)));
        assertThat(alarm.since().earliest()).isBeforeOrEqualTo(change.plus(Duration.ofHours(1)));
        assertThat(alarm.since().latest()).isAfterOrEqualTo(change.minus(Duration.ofHours(1)));
        assertThat(alarm.findings().getFirst().name()).isEqualTo("brightness");
        assertThat(DriftWords.finding(alarm.findings().getFirst()))
                .startsWith("brightness 1")
                .containsPattern("\\((19|20|21|22) % lower\\)");
        assertThat(detector.watching()).isInstanceOf(Watching.Alarmed.class);
    }

    @Test
    void anAlarmEndsWhenTheImagesAreAgainWhatTheyWere() {
        DrawnBlocks drawn = new DrawnBlocks(2);
        DriftDetector detector = detector(Rhythm.DAILY);
        var _ = alarms(detector, drawn.days(6, at -> 1));
        assertThat(alarms(detector, drawn.days(0.5, at -> 0.8))).hasSize(1);
        assertThat(detector.watching()).isInstanceOf(Watching.Alarmed.class);
        assertThat(alarms(detector, drawn.days(2, at -> 1))).isEmpty();
        assertThat(detector.watching()).isInstanceOf(Watching.NoChange.class);
    }

    @Test
    void aDailyRhythmThatWasLearnedIsNoDrift() {
        DrawnBlocks drawn = new DrawnBlocks(3);
        DriftDetector detector = detector(Rhythm.DAILY);
        List<DriftAlarm> alarms = alarms(detector, drawn.days(12, DriftDetectorTest::daylight));
        assertThat(alarms).isEmpty();
        assertThat(detector.watching()).isInstanceOf(Watching.NoChange.class);
    }

    /** 40 % brighter at noon than at midnight. */
    private static double daylight(Instant at) {
        double hours = at.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3600.0;
        return 1 + 0.2 * Math.cos(2 * Math.PI * (hours - 12) / 24);
    }

    @Test
    void untilQuietTrafficIsKnownItSaysWhatIsMissing() {
        DrawnBlocks drawn = new DrawnBlocks(4);
        DriftDetector detector = detector(Rhythm.WEEKLY);
        assertThat(alarms(detector, drawn.days(2, at -> at.isBefore(DrawnBlocks.START.plusSeconds(86_400)) ? 1 : 0.5)))
                .isEmpty();
        assertThat(detector.watching()).isInstanceOfSatisfying(Watching.Learning.class, learning -> {
            assertThat(learning.days()).isBetween(1.5, 2.0);
            assertThat(learning.daysNeeded()).isEqualTo(14);
        });
        assertThat(DriftWords.statement(detector.watching(), DriftSettings.DEFAULT, 40, 2, ZoneOffset.UTC))
                .contains("daily and weekly rhythm", "about 13 more days");
    }

    @Test
    void theSameBlocksGiveTheSameAlarmsAgain() {
        DrawnBlocks drawn = new DrawnBlocks(5);
        List<Block> blocks = new ArrayList<>(drawn.days(6, at -> 1));
        blocks.addAll(drawn.days(1, at -> 0.9));
        DriftDetector first = detector(Rhythm.NONE);
        DriftDetector again = detector(Rhythm.NONE);
        assertThat(alarms(again, blocks)).isEqualTo(alarms(first, blocks));
        assertThat(again.evidence()).isEqualTo(first.evidence());
    }

    @Test
    void changesThatAreSeenWithinADayAreSmallerThanOnesThatWereFoundSooner() {
        DrawnBlocks drawn = new DrawnBlocks(6);
        DriftDetector detector = detector(Rhythm.DAILY);
        var _ = alarms(detector, drawn.days(10, at -> 1));
        SeenChange brightness = detector.seenWithinADay().stream()
                .filter(seen -> seen.name().equals("brightness"))
                .findFirst()
                .orElseThrow();
        assertThat(brightness.usual()).isBetween(118.0, 122.0);
        // the deviation of an image is 18, of a day's mean 0.57; a change needs some five of these
        assertThat(brightness.smallest().orElseThrow() - brightness.usual()).isBetween(2.0, 7.0);
    }

    @Test
    void aPauseIsNoEvidence() {
        DrawnBlocks drawn = new DrawnBlocks(7);
        DriftDetector detector = detector(Rhythm.DAILY);
        var _ = alarms(detector, drawn.days(10, at -> 1));
        drawn.setClock(drawn.at().plus(Duration.ofDays(200)));
        assertThat(alarms(detector, drawn.days(0.1, at -> 1))).isEmpty();
        assertThat(detector.evidence()).isLessThan(detector.threshold() / 2);
    }

    @Test
    void oneImageADayIsLearnedForYearsAndSaysSo() {
        DriftDetector detector = detector(Rhythm.WEEKLY);
        List<Block> blocks = rare(new DrawnBlocks(8), 100);
        assertThat(alarms(detector, blocks)).isEmpty();
        assertThat(detector.watching()).isInstanceOf(Watching.Learning.class);
        assertThat(DriftWords.statement(detector.watching(), DriftSettings.DEFAULT, 1 / 25.0, 2500, ZoneOffset.UTC))
                .contains("Quiet traffic and the daily and weekly rhythm are not known yet", "more days are needed");
    }

    @Test
    void oneImageADayRaisesNoAlarmByTheTimeThatPasses() {
        DriftDetector detector = detector(Rhythm.NONE);
        assertThat(alarms(detector, rare(new DrawnBlocks(9), 120))).isEmpty();
        assertThat(detector.watching()).isInstanceOf(Watching.NoChange.class);
    }

    /** Blocks that take 25 days each. */
    private static List<Block> rare(DrawnBlocks drawn, int count) {
        List<Block> blocks = drawn.days(count / 30.0, at -> 1);
        List<Block> rare = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant start = DrawnBlocks.START.plus(Duration.ofDays(25L * i));
            rare.add(new Block(
                    start, start.plus(Duration.ofDays(25)), 25, blocks.get(i).means()));
        }
        return rare;
    }

    @Test
    void aRareLabelThatBecomesFrequentIsFound() {
        List<Coordinate> coordinates =
                List.of(new Coordinate(Aspect.LABELS, "label rare", Coordinate.SumScale.LINEAR, ""));
        DriftDetector detector =
                new DriftDetector(coordinates, new DriftSettings(90, Rhythm.NONE), ZoneOffset.UTC, Optional.empty());
        SplittableRandom random = new SplittableRandom(8);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            Instant at = DrawnBlocks.START.plus(Duration.ofHours(6L * i));
            double share = random.nextDouble() < (i < 200 ? 0.12 : 0.8) ? 1 / 25.0 : 0;
            blocks.add(new Block(at, at.plus(Duration.ofHours(6)), 25, new double[] {share}));
        }
        DriftAlarm first = alarms(detector, blocks).getFirst();
        assertThat(first.since().likely())
                .isBetween(
                        DrawnBlocks.START.plus(Duration.ofHours(6 * 190)),
                        DrawnBlocks.START.plus(Duration.ofHours(6 * 210)));
        assertThat(first.findings()).extracting(DriftAlarm.Finding::name).containsExactly("label rare");
    }

    @Test
    void aModelWithOneClassIsWatchedLikeAnyOther() {
        List<Coordinate> coordinates = List.of(
                new Coordinate(Aspect.IMAGE, "brightness", Coordinate.SumScale.LINEAR, ""),
                new Coordinate(Aspect.LABELS, "label hole", Coordinate.SumScale.LINEAR, ""));
        DriftDetector detector =
                new DriftDetector(coordinates, new DriftSettings(90, Rhythm.NONE), ZoneOffset.UTC, Optional.empty());
        SplittableRandom random = new SplittableRandom(1);
        Instant at = DrawnBlocks.START;
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double brightness = (i < 450 ? 100 : 90) + 3 * random.nextGaussian();
            blocks.add(new Block(at, at.plusSeconds(1800), 25, new double[] {brightness, 1}));
            at = at.plusSeconds(1800);
        }
        assertThat(alarms(detector, blocks)).singleElement().satisfies(alarm -> {
            assertThat(alarm.since().likely()).isEqualTo(DrawnBlocks.START.plusSeconds(450 * 1800));
            assertThat(alarm.findings()).extracting(DriftAlarm.Finding::name).containsExactly("brightness");
        });
    }
}
