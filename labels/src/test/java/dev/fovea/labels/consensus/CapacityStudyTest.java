package dev.fovea.labels.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.consensus.LabelCapacity.NeedSource;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.PrefillOffer;
import dev.fovea.labels.queue.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapacityStudyTest {

    /** A Friday. */
    private static final Instant NOW = Instant.parse("2026-03-06T12:00:00Z");

    private static final List<String> CLASSES = List.of("hole", "none");

    private final List<Vote> votes = new ArrayList<>();

    private void votes(
            String person, int days, int count, Optional<PrefillOffer> suggestion, String label, long millis) {
        for (int i = 0; i < count; i++) {
            long id = votes.size() + 1L;
            votes.add(new Vote(
                    ContentHash.ofText("image " + id),
                    new ItemAnnotation(
                            id,
                            new NewAnnotation(
                                    person,
                                    ClassLabels.of(label),
                                    Optional.of(millis),
                                    Optional.empty(),
                                    Optional.empty()),
                            NOW.minus(Duration.ofHours(24L * days + 1)),
                            true),
                    ChoiceReason.RANDOM,
                    suggestion,
                    Optional.empty()));
        }
    }

    private void votes(String person, int... perDay) {
        for (int day = 0; day < perDay.length; day++) {
            votes(person, day, perDay[day], Optional.empty(), "hole", 900);
        }
    }

    private LabelCapacity capacity(LabelNeed need, LabelDemand demand) {
        return ProgressStudy.of(votes, ImageTask.CLASSIFICATION, CLASSES, LabellingSettings.DEFAULT, need, demand, NOW)
                .capacity();
    }

    @Test
    void shouldSayWhenTheBacklogIsDoneAndWhatMorePeopleWouldChange() {
        votes("ada", 40, 60, 50, 40, 60, 50, 50);
        LabelCapacity capacity =
                capacity(LabelNeed.DEFAULT, new LabelDemand(300, 300, List.of(10, 900, 10, 12, 8, 10, 10)));
        assertThat(capacity.rate().perDay().orElseThrow()).isCloseTo(50, within(1e-9));
        assertThat(capacity.neededPerDay())
                .as("the median, which one import does not move")
                .isEqualTo(10);
        assertThat(capacity.need()).isEqualTo(NeedSource.ARRIVING);
        assertThat(capacity.people()).isOne();
        // 300 labels at 50 - 10 per day: 7.5 days
        assertThat(capacity.forecast().orElseThrow().done()).isEqualTo(NOW.plus(Duration.ofHours(180)));
        assertThat(capacity.rate().interval().orElseThrow().low())
                .isCloseTo(50 - 2.446912 * 8.164966 / Math.sqrt(7), within(1e-4));
        assertThat(capacity.verdict())
                .isEqualTo(
                        "At this rate the backlog of 300 labels is done on Saturday, 14 March 2026 (Thursday, 12 March 2026 to Sunday, 15 March 2026)."
                                + " Two more people would be done on Sunday, 8 March 2026."
                                + " 50 labels are made per day; the arriving images need 10.");
    }

    @Test
    void shouldSayHowManyMorePeopleKeepUp() {
        votes("ada", 20, 20, 20);
        votes("bob", 10, 10, 10);
        LabelCapacity capacity =
                capacity(new LabelNeed(Optional.of(200.0), 0.5), new LabelDemand(400, 400, List.of(100, 100, 100)));
        assertThat(capacity.forecast()).isEmpty();
        assertThat(capacity.neededPerDay()).isEqualTo(200);
        assertThat(capacity.need()).isEqualTo(NeedSource.DECLARED);
        assertThat(capacity.verdict())
                .isEqualTo("At this rate the backlog of 400 labels is never done."
                        + " 2 more people labelling as much as each of those who do now would keep up."
                        + " 30 labels are made per day; the models need 200.");
    }

    /** Labels of one person, each some seconds after the one before, the last one at a time. */
    private void burst(int count, int seconds, Instant last) {
        for (int i = 0; i < count; i++) {
            long id = votes.size() + 1L;
            votes.add(new Vote(
                    ContentHash.ofText("image " + id),
                    new ItemAnnotation(
                            id,
                            new NewAnnotation(
                                    "ada",
                                    ClassLabels.of("hole"),
                                    Optional.of(1000L * seconds),
                                    Optional.empty(),
                                    Optional.empty()),
                            last.minusSeconds((long) seconds * (count - 1 - i)),
                            true),
                    ChoiceReason.RANDOM,
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    @Test
    void shouldStateNoRatePerDayAndNoForecastAfterOneBurstOfWork() {
        burst(29, 2, NOW.minusSeconds(60));
        LabelCapacity capacity = capacity(LabelNeed.DEFAULT, new LabelDemand(300, 300, List.of(10, 10)));
        assertThat(capacity.rate().perDay()).isEmpty();
        assertThat(capacity.rate().interval()).isEmpty();
        assertThat(capacity.forecast()).isEmpty();
        assertThat(capacity.rate().worked()).isEqualTo(Duration.ofSeconds(58));
        assertThat(capacity.rate().perHour().orElseThrow()).isCloseTo(1800, within(1e-9));
        assertThat(capacity.verdict())
                .isEqualTo(
                        "No forecast of the backlog of 300 labels is possible yet: people labelled on 1 of the last 7 days, and a rate per day needs 3."
                                + " 29 labels were made in 58 s of work, 1,800 per hour of work; the arriving images need 10 per day.");
    }

    @Test
    void shouldCountNoPausesAsWork() {
        burst(10, 30, NOW.minus(Duration.ofHours(5)));
        burst(10, 30, NOW.minus(Duration.ofHours(1)));
        assertThat(LabelRate.of(votes, NOW).worked()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void shouldStateARatePerDayFromThreeDaysOfWork() {
        burst(20, 30, NOW.minus(Duration.ofHours(1)));
        burst(20, 30, NOW.minus(Duration.ofHours(30)));
        assertThat(LabelRate.of(votes, NOW).perDay()).isEmpty();
        burst(20, 30, NOW.minus(Duration.ofHours(80)));
        assertThat(LabelRate.of(votes, NOW).perDay()).contains(15.0);
    }

    @Test
    void shouldSayThatNobodyLabelsOrThatNothingWaits() {
        assertThat(capacity(LabelNeed.DEFAULT, new LabelDemand(3, 1240, List.of()))
                        .verdict())
                .isEqualTo("Nobody labelled in the last 7 days, and the backlog of 1,240 labels waits."
                        + " 0 labels are made per day, and no images arrive.");
        votes("ada", 30);
        LabelCapacity done = capacity(LabelNeed.DEFAULT, new LabelDemand(0, 0, List.of(5)));
        assertThat(done.verdict())
                .isEqualTo(
                        "Nothing waits to be labelled. 30 labels were made in 1 s of work, 120,000 per hour of work; the arriving images need 5 per day.");
    }

    @Test
    void shouldSayWhatSuggestionsDo() {
        Prefill hole = new Prefill(ClassLabels.of("hole"), "shirts:1");
        votes("ada", 0, 95, Optional.of(new PrefillOffer(hole, false)), "hole", 800);
        votes("ada", 0, 5, Optional.of(new PrefillOffer(hole, false)), "none", 800);
        PrefillReport unknown = PrefillStudy.of(votes, CLASSES);
        assertThat(unknown.verdict().orElseThrow())
                .startsWith("People keep 95 % of the suggestions. Hide them for a share");
        votes("ada", 0, 60, Optional.of(new PrefillOffer(hole, true)), "hole", 1500);
        votes("ada", 0, 40, Optional.of(new PrefillOffer(hole, true)), "none", 1500);
        PrefillReport report = PrefillStudy.of(votes, CLASSES);
        assertThat(report.verdict())
                .contains(
                        "People keep 95 % of the suggestions, which saves 0.7 s per image."
                                + " People follow the model: where they see it, they agree with it more often (35 points, 24 to 45).");
        assertThat(report.uses()).singleElement().satisfies(use -> {
            assertThat(use.accepted()).isEqualTo(95);
            assertThat(use.changed()).isEqualTo(5);
            assertThat(use.share().low()).isCloseTo(0.8882, within(1e-3));
        });
    }
}
