package dev.fovea.labels.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.queue.Ballot;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.labels.queue.Settlement;
import dev.fovea.labels.queue.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelRuleTest {

    private static final List<String> CLASSES = List.of("cat", "dog");
    private long ids;

    private Vote vote(int image, String person, AnnotationValue value, Optional<AnnotationValue> known) {
        return new Vote(
                ContentHash.ofText("image " + image),
                new ItemAnnotation(
                        ++ids,
                        new NewAnnotation(person, value, Optional.empty(), Optional.empty(), Optional.empty()),
                        Instant.EPOCH,
                        false),
                ChoiceReason.RANDOM,
                Optional.empty(),
                known);
    }

    private Vote vote(int image, String person, String label) {
        return vote(image, person, ClassLabels.of(label), Optional.empty());
    }

    private static Settlement settle(Voters voters, List<Vote> votes, int needed) {
        return new LabelRule(ImageTask.DETECTION, CLASSES, voters)
                .of(new Ballot(votes, needed, votes.getLast(), false, Optional.empty()));
    }

    @Test
    void shouldWaitForEnoughPeople() {
        assertThat(settle(Voters.UNKNOWN, List.of(vote(1, "ada", "cat")), 2)).isEqualTo(new Settlement.Waiting());
        Vote only = vote(1, "ada", "cat");
        assertThat(settle(Voters.UNKNOWN, List.of(only), 1)).isEqualTo(new Settlement.Adopted(only));
    }

    @Test
    void shouldBreakTiesByTheImageWithoutFavouringAClass() {
        int cats = 0;
        for (int image = 0; image < 400; image++) {
            List<Vote> votes = List.of(vote(image, "ada", "cat"), vote(image, "bob", "dog"));
            Settlement.Agreed agreed = (Settlement.Agreed) settle(Voters.UNKNOWN, votes, 2);
            assertThat(agreed.disputed()).isTrue();
            assertThat(((ClassLabels) agreed.value()).weights()).isEqualTo(Map.of("cat", 0.5, "dog", 0.5));
            assertThat(settle(Voters.UNKNOWN, votes.reversed(), 2)).isEqualTo(agreed);
            cats += agreed.value().classes().equals(List.of("cat")) ? 1 : 0;
        }
        assertThat(cats).isBetween(160, 240);
    }

    @Test
    void shouldFollowOneSkilledPersonAgainstTwoWhoGuess() {
        Random random = new Random(5);
        List<Vote> votes = new ArrayList<>();
        for (int image = 0; image < 300; image++) {
            int truth = random.nextInt(2);
            for (String person : List.of("ada", "bob", "eve", "dan")) {
                double error = person.equals("ada") || person.equals("eve") ? 0.02 : 0.4;
                votes.add(vote(image, person, CLASSES.get(random.nextDouble() < error ? 1 - truth : truth)));
            }
        }
        Voters known = Voters.of(votes, ImageTask.CLASSIFICATION, CLASSES, LabellingSettings.DEFAULT);
        List<Vote> ballot = List.of(vote(999, "ada", "cat"), vote(999, "bob", "dog"), vote(999, "dan", "dog"));
        assertThat(((Settlement.Agreed) settle(Voters.UNKNOWN, ballot, 3))
                        .value()
                        .classes())
                .containsExactly("dog");
        Settlement.Agreed agreed = (Settlement.Agreed) settle(known, ballot, 3);
        assertThat(agreed.value().classes()).containsExactly("cat");
        // Bayes: 49 to 1 for ada, 1.5 to 1 against by each of the others
        assertThat(agreed.confidence()).isCloseTo(49 / (49 + 1.5 * 1.5), within(0.05));
        List<Vote> stranger = List.of(vote(9, "ada", "cat"), vote(9, "zoe", "dog"), vote(9, "dan", "dog"));
        assertThat(((Settlement.Agreed) settle(known, stranger, 3)).value().classes())
                .containsExactly("dog");
    }

    @Test
    void shouldUseTheMethodThatIsSetAndSayWhy() {
        Random random = new Random(7);
        List<Vote> votes = new ArrayList<>();
        for (int image = 0; image < 600; image++) {
            int truth = random.nextInt(2);
            double error = image % 3 == 0 ? 0.4 : 0.05;
            for (String person : List.of("ada", "bob", "eve")) {
                votes.add(vote(image, person, CLASSES.get(random.nextDouble() < error ? 1 - truth : truth)));
            }
        }
        List<Vote> ballot = List.of(vote(999, "ada", "cat"), vote(999, "bob", "cat"), vote(999, "eve", "dog"));
        Map<ConsensusMethod, Double> confidence = new EnumMap<>(ConsensusMethod.class);
        for (ConsensusMethod method : ConsensusMethod.values()) {
            Voters known = Voters.of(votes, ImageTask.CLASSIFICATION, CLASSES, LabellingSettings.DEFAULT.with(method));
            Settlement.Agreed agreed = (Settlement.Agreed) settle(known, ballot, 3);
            assertThat(agreed.value().classes()).containsExactly("cat");
            confidence.put(method, agreed.confidence());
            assertThat(known.choice().method())
                    .isEqualTo(method == ConsensusMethod.AUTO ? ConsensusMethod.DAWID_SKENE : method);
        }
        assertThat(confidence.get(ConsensusMethod.AUTO)).isEqualTo(confidence.get(ConsensusMethod.DAWID_SKENE));
        assertThat(confidence.get(ConsensusMethod.MAJORITY)).isEqualTo(2 / 3.0);
        // votes that differ show that the image is hard, so that the majority of them is worth less
        assertThat(confidence.get(ConsensusMethod.DIFFICULTY)).isLessThan(confidence.get(ConsensusMethod.DAWID_SKENE));
        assertThat(Voters.choice(votes, CLASSES, ConsensusMethod.AUTO).reason())
                .isEqualTo(
                        "Dawid–Skene, chosen by auto: 3 people and 600 images that two or more of them labelled tell the people apart.");
        assertThat(Voters.choice(votes.subList(0, 30), CLASSES, ConsensusMethod.DIFFICULTY))
                .isEqualTo(
                        new ConsensusChoice(
                                ConsensusMethod.MAJORITY,
                                "Majority, although difficulty is set: there are 3 people and 10 images that two or more of them labelled; 3 people and 50 images tell people apart."));
    }

    @Test
    void shouldNotCountPeopleBelowTheMinimumWhereOthersVoted() {
        List<Vote> votes = new ArrayList<>();
        for (int image = 0; image < 20; image++) {
            Optional<AnnotationValue> cat = Optional.of(ClassLabels.of("cat"));
            votes.add(vote(image, "bob", ClassLabels.of(image < 6 ? "cat" : "dog"), cat));
            votes.add(vote(image, "ada", ClassLabels.of("cat"), cat));
        }
        List<AnnotatorQuality> qualities =
                AnnotatorQualities.of(votes, ImageTask.CLASSIFICATION, CLASSES, Optional.of(0.8));
        assertThat(qualities).extracting(AnnotatorQuality::below).containsExactly(false, true);
        assertThat(qualities).extracting(AnnotatorQuality::onHoneypots).containsOnly(true);
        assertThat(qualities.get(1).skill().orElseThrow().value()).isEqualTo(0.3);
        Voters known = Voters.of(
                votes,
                ImageTask.CLASSIFICATION,
                CLASSES,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 0, 0, Optional.empty(), Optional.of(0.8), ConsensusMethod.AUTO));
        Vote bob = vote(50, "bob", "dog");
        Vote ada = vote(50, "ada", "cat");
        assertThat(settle(known, List.of(bob), 1)).isEqualTo(new Settlement.Adopted(bob));
        assertThat(settle(known, List.of(bob, ada), 2)).isEqualTo(new Settlement.Adopted(ada));
    }

    @Test
    void shouldMergeBoxesAndDropWhatOneOfThreeSaw() {
        List<Vote> votes = List.of(
                boxes("ada", box("cat", 10, 10, 20, 20), box("dog", 60, 60, 20, 20)),
                boxes("bob", box("dog", 62, 60, 20, 20), box("cat", 13, 10, 20, 20)),
                boxes("eve", box("cat", 10, 13, 20, 20), box("cat", 90, 5, 6, 6)));
        Settlement.Agreed agreed = (Settlement.Agreed) settle(Voters.UNKNOWN, votes, 3);
        assertThat(((ObjectLabels) agreed.value()).objects())
                .containsExactly(box("cat", 11, 11, 20, 20), box("dog", 61, 60, 20, 20));
        assertThat(agreed.disputed()).isTrue();
        Settlement.Agreed same = (Settlement.Agreed) settle(
                Voters.UNKNOWN, List.of(boxes("ada", box("cat", 1, 1, 9, 9)), boxes("bob", box("cat", 1, 1, 9, 9))), 2);
        assertThat(same.disputed()).isFalse();
        assertThat(same.confidence()).isEqualTo(1);
    }

    private Vote boxes(String person, AnnotatedObject... objects) {
        return vote(1, person, new ObjectLabels(List.of(objects)), Optional.empty());
    }

    private static AnnotatedObject box(String name, double x, double y, double width, double height) {
        return new AnnotatedObject(name, new BoxShape(x, y, width, height));
    }
}
