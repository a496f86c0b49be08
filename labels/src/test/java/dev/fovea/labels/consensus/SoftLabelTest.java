package dev.fovea.labels.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.consensus.SoftLabel.ClassProbability;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.WilsonInterval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoftLabelTest {

    private static final List<String> CLASSES = List.of("cat", "dog", "cow", "pig");

    private static Vote vote(String person, String... classes) {
        return new Vote(
                ContentHash.ofText("image"),
                new ItemAnnotation(
                        1,
                        new NewAnnotation(
                                person, ClassLabels.of(classes), Optional.empty(), Optional.empty(), Optional.empty()),
                        Instant.EPOCH,
                        false),
                ChoiceReason.RANDOM,
                Optional.empty(),
                Optional.empty());
    }

    /** ln 2 of ln 4. */
    @Test
    void shouldSayHowUncertainAndOnHowManyPeopleItRests() {
        SoftLabel label = SoftLabel.of(
                        new ClassLabels(List.of("dog"), Map.of("cat", 0.5, "dog", 0.5)),
                        List.of(vote("ada", "cat"), vote("bob", "dog"), vote("eve", "dog")),
                        CLASSES,
                        true)
                .orElseThrow();
        assertThat(label.people()).isEqualTo(3);
        assertThat(label.uncertainty()).isCloseTo(0.5, within(1e-12));
        assertThat(label.classes())
                .containsExactly(
                        new ClassProbability("cat", 0.5, 1, WilsonInterval.of(1, 3)),
                        new ClassProbability("dog", 0.5, 2, WilsonInterval.of(2, 3)));
    }

    /** Both are certain, and one person is less evidence than five. */
    @Test
    void shouldShowThatOnePersonIsLittleEvidence() {
        SoftLabel one = certain(vote("ada", "cat"));
        SoftLabel five = certain(
                vote("ada", "cat"), vote("bob", "cat"), vote("cid", "cat"), vote("dan", "cat"), vote("eve", "cat"));
        assertThat(one.uncertainty()).isZero();
        assertThat(five.uncertainty()).isZero();
        // Wilson 1927 for 1 of 1 and 5 of 5: n / (n + 1.96²)
        assertThat(one.classes().getFirst().share().low()).isCloseTo(1 / 4.8415, within(1e-4));
        assertThat(five.classes().getFirst().share().low()).isCloseTo(5 / 8.8415, within(1e-4));
        assertThat(SoftLabel.of(ClassLabels.of("cat"), List.of(), CLASSES, true))
                .isEmpty();
    }

    private static SoftLabel certain(Vote... votes) {
        return SoftLabel.of(ClassLabels.of("cat"), List.of(votes), CLASSES, true)
                .orElseThrow();
    }

    /** Each class is a decision of its own: one is even and one certain. */
    @Test
    void shouldTakeTheMeanOverTheClassesWhereAnyNumberApplies() {
        SoftLabel label = SoftLabel.of(
                        new ClassLabels(List.of("cat", "dog"), Map.of("cat", 1.0, "dog", 0.5)),
                        List.of(vote("ada", "cat", "dog"), vote("bob", "cat")),
                        CLASSES,
                        false)
                .orElseThrow();
        assertThat(label.uncertainty()).isCloseTo(0.5, within(1e-12));
        assertThat(label.classes()).extracting(ClassProbability::votes).containsExactly(2, 1);
    }
}
