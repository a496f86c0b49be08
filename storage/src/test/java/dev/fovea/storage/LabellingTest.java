package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabelStores;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.LeaseWish;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.labels.queue.QueueScore;
import dev.fovea.labels.queue.SettledImages;
import dev.fovea.labels.queue.Vote;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
class LabellingTest {

    private static final String SHIRTS = "shirts";
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private Datasets datasets;
    private Labelling labelling;

    @BeforeEach
    void open() {
        settings = pair.in(directory.resolve("home"));
        openHome();
        datasets.create(
                SHIRTS,
                ImageTask.CLASSIFICATION,
                List.of(ClassDefinition.named("hole"), ClassDefinition.named("none")),
                "ada");
        add(0, 12, Optional.empty());
    }

    private void openHome() {
        home = Home.open(settings, "0.1.0");
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                image -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        labelling = at(Duration.ZERO);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Labelling at(Duration later) {
        return at(later, PrefillModel.NONE);
    }

    private Labelling at(Duration later, PrefillModel model) {
        return new Labelling(
                datasets,
                new LabelStores(home.labels(), home.pilots(), home.confirmations()),
                model,
                Clock.fixed(START.plus(later), ZoneOffset.UTC),
                new Random(1));
    }

    private void add(int from, int to, Optional<AnnotationValue> label) {
        AddReport _ = datasets.add(
                SHIRTS,
                IntStream.range(from, to)
                        .mapToObj(seed -> NoiseImages.incoming(seed, label))
                        .toList(),
                AddOptions.DEFAULT,
                (done, all) -> {});
    }

    private void perImage(int people) {
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        people, QueueOrder.RANDOM, 0, 0, Optional.empty(), Optional.empty(), ConsensusMethod.AUTO));
    }

    private static NewAnnotation by(String annotator, String label) {
        return new NewAnnotation(
                annotator, ClassLabels.of(label), Optional.of(900L), Optional.empty(), Optional.empty());
    }

    private static Set<ContentHash> images(List<LabelLease> leases) {
        Set<ContentHash> images = new HashSet<>();
        leases.forEach(
                lease -> assertThat(images.add(lease.item().image().hash())).isTrue());
        return images;
    }

    private ItemAnnotation annotate(LabelLease lease, String label) {
        return labelling.annotate(
                SHIRTS, lease.item().image().hash(), by(lease.annotator(), label), Optional.of(lease.id()));
    }

    private Optional<AnnotationValue> label(ContentHash image) {
        return datasets.item(SHIRTS, image).label().map(label -> label.content().value());
    }

    @Test
    void shouldGiveEachImageToOnePersonOnly() {
        Set<ContentHash> ada = images(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 5)));
        Set<ContentHash> bob = images(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 5)));
        Set<ContentHash> again = images(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 5)));
        assertThat(ada).hasSize(5).doesNotContainAnyElementsOf(bob).doesNotContainAnyElementsOf(again);
        assertThat(bob).hasSize(5).doesNotContainAnyElementsOf(again);
        assertThat(again).hasSize(2);
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("eve", 5))).isEmpty();
    }

    @Test
    void shouldGiveNoImageToTwoPeopleAtOnce() throws Exception {
        add(12, 60, Optional.empty());
        List<Callable<List<LabelLease>>> people = IntStream.range(0, 6)
                .<Callable<List<LabelLease>>>mapToObj(person -> () -> {
                    List<LabelLease> leases = new ArrayList<>();
                    for (int i = 0; i < 6; i++) {
                        leases.addAll(labelling.leases().give(SHIRTS, LeaseWish.of("person " + person, 2)));
                    }
                    return leases;
                })
                .toList();
        List<LabelLease> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<List<LabelLease>> leases : threads.invokeAll(people)) {
                all.addAll(leases.get());
            }
        }
        assertThat(images(all)).hasSize(60);
    }

    @Test
    void shouldGiveExpiredAndReturnedImagesToOthers() {
        List<LabelLease> ada = labelling.leases().give(SHIRTS, LeaseWish.of("ada", 12));
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 3))).isEmpty();
        assertThat(labelling.leases().giveBack(SHIRTS, List.of(ada.get(4).id(), "no such lease")))
                .isOne();
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 3))))
                .containsExactly(ada.get(4).item().image().hash());
        assertThat(at(Duration.ofMinutes(9))
                        .leases()
                        .renew(SHIRTS, List.of(ada.get(0).id(), "no such lease"), LeaseWish.USUAL))
                .isEqualTo(Map.of(ada.get(0).id(), START.plus(Duration.ofMinutes(19))));
        Set<ContentHash> expired = images(at(Duration.ofMinutes(11)).leases().give(SHIRTS, LeaseWish.of("bob", 12)));
        assertThat(expired).hasSize(11).doesNotContain(ada.get(0).item().image().hash());
        assertThat(at(Duration.ofMinutes(12))
                        .leases()
                        .renew(SHIRTS, List.of(ada.get(1).id()), LeaseWish.USUAL))
                .isEmpty();
    }

    @Test
    void shouldGiveImagesOfAClosedPageAgainToWhoeverComesBack() {
        List<LabelLease> ada = labelling.leases().give(SHIRTS, LeaseWish.of("ada", 12));
        List<String> closed = ada.stream().map(LabelLease::id).toList();
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 12))).isEmpty();
        LeaseWish back = new LeaseWish("ada", 4, Duration.ofSeconds(30), false, closed);
        List<LabelLease> again = labelling.leases().give(SHIRTS, back);
        assertThat(again)
                .extracting(lease -> lease.item().image().hash())
                .isEqualTo(ada.stream()
                        .limit(4)
                        .map(lease -> lease.item().image().hash())
                        .toList());
        assertThat(again).extracting(LabelLease::expires).containsOnly(START.plus(Duration.ofSeconds(30)));
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 12))).hasSize(8);
        assertThat(at(Duration.ofSeconds(31)).leases().give(SHIRTS, LeaseWish.of("bob", 12)))
                .hasSize(4);
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> new LeaseWish("ada", 1, Duration.ofSeconds(9), false, List.of()))
                .withMessage("\"seconds\" is 9; it must be from 10 to 3600.")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID));
    }

    @Test
    void shouldReadVotesWithTheNewNamesOfTheirClasses() {
        perImage(2);
        Map<String, List<LabelLease>> leases = new HashMap<>();
        for (String person : List.of("ada", "bob")) {
            leases.put(person, labelling.leases().give(SHIRTS, LeaseWish.of(person, 12)));
        }
        for (int i = 0; i < 4; i++) {
            annotate(leases.get("ada").get(i), "hole");
            annotate(leases.get("bob").get(i), i == 0 ? "none" : "hole");
        }
        annotate(leases.get("ada").get(4), "hole");
        datasets.renameClass(SHIRTS, "hole", "gap", "ada");
        long dataset = datasets.dataset(SHIRTS).id();
        assertThat(home.labels().votes(dataset))
                .extracting(vote -> vote.value().classes().getFirst())
                .containsOnly("gap", "none");
        assertThat(labelling.agreement(SHIRTS).images()).isEqualTo(4);
        annotate(leases.get("bob").get(4), "gap");
        assertThat(label(leases.get("bob").get(4).item().image().hash())).contains(ClassLabels.of("gap"));
        assertThat(labelling.settle(SHIRTS)).isEqualTo(SettledImages.NONE);
        assertThat(home.labels().disputed(dataset, 0, 10)).hasSize(1);

        datasets.renameClass(SHIRTS, "none", "gap", "ada");
        assertThat(labelling.settleDisputed(SHIRTS)).isEqualTo(new SettledImages(0, 1));
        assertThat(home.labels().disputed(dataset, 0, 10)).isEmpty();
        assertThat(label(leases.get("ada").getFirst().item().image().hash()).map(AnnotationValue::classes))
                .contains(List.of("gap"));
        datasets.classes(SHIRTS, List.of(ClassDefinition.named("gap"), ClassDefinition.named("hole")));
        annotate(leases.get("ada").get(5), "hole");
        assertThat(home.labels().votes(dataset, "ada"))
                .extracting(vote -> vote.value().classes().getFirst())
                .containsExactly("gap", "gap", "gap", "gap", "gap", "hole");
    }

    @Test
    void shouldKeepTheNewNameWhenOnePersonsLabelIsDecidedAgain() {
        LabelLease lease =
                labelling.leases().give(SHIRTS, LeaseWish.of("ada", 1)).getFirst();
        annotate(lease, "hole");
        datasets.renameClass(SHIRTS, "hole", "gap", "ada");
        assertThat(labelling.settle(SHIRTS)).isEqualTo(SettledImages.NONE);
        assertThat(label(lease.item().image().hash())).contains(ClassLabels.of("gap"));
    }

    @Test
    void shouldGiveAPageOfImagesThatLookLikeTheFirst() {
        LeaseWish page = new LeaseWish("ada", 5, LeaseWish.USUAL, true, List.of());
        List<LabelLease> leases = labelling.leases().give(SHIRTS, page);
        assertThat(leases.getFirst().reason()).isEqualTo(ChoiceReason.RANDOM);
        assertThat(leases)
                .extracting(LabelLease::reason)
                .endsWith(Collections.nCopies(4, ChoiceReason.ALIKE).toArray(new ChoiceReason[0]));
        List<Integer> distances = distances(leases.getFirst(), leases);
        assertThat(distances).isSorted();
        List<Integer> rest = distances(leases.getFirst(), labelling.leases().give(SHIRTS, LeaseWish.of("bob", 12)));
        assertThat(rest).hasSize(7).allMatch(distance -> distance >= distances.getLast());
    }

    private static List<Integer> distances(LabelLease first, List<LabelLease> leases) {
        PerceptualHash hash = first.item().image().perceptualHash().orElseThrow();
        return leases.stream()
                .map(lease ->
                        hash.distance(lease.item().image().perceptualHash().orElseThrow()))
                .toList();
    }

    @Test
    void shouldQueueAnImageThatComesAfterAForgottenOne() {
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 12))).hasSize(12);
        datasets.forget(List.of(ContentHash.of(NoiseImages.png(11))), "ada", "on request");
        add(12, 13, Optional.empty());
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 12))))
                .containsExactly(ContentHash.of(NoiseImages.png(12)));
    }

    @Test
    void shouldKeepLeasesOfAHomeThatIsOpenedAgain() {
        Set<ContentHash> before = images(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 6)));
        home.close();
        openHome();
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 12))))
                .hasSize(6)
                .doesNotContainAnyElementsOf(before);
    }

    @Test
    void shouldRecordALateAnnotationOnceAndKeepTheLabelInForce() {
        LabelLease ada = labelling.leases().give(SHIRTS, LeaseWish.of("ada", 1)).getFirst();
        ContentHash image = ada.item().image().hash();
        Labelling later = at(Duration.ofMinutes(11));
        LabelLease bob = later.leases().give(SHIRTS, LeaseWish.of("bob", 12)).stream()
                .filter(lease -> lease.item().image().hash().equals(image))
                .findFirst()
                .orElseThrow();
        assertThat(later.annotate(SHIRTS, image, by("bob", "none"), Optional.of(bob.id()))
                        .inForce())
                .isTrue();
        NewAnnotation late = new NewAnnotation(
                "ada", ClassLabels.of("hole"), Optional.of(700L), Optional.empty(), Optional.of("a-1"));
        ItemAnnotation first = later.annotate(SHIRTS, image, late, Optional.of(ada.id()));
        ItemAnnotation second = later.annotate(SHIRTS, image, late, Optional.of(ada.id()));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(label(image)).contains(ClassLabels.of("none"));
        assertThat(datasets.annotations(datasets.item(SHIRTS, image))).hasSize(2);
        ItemAnnotation unknown = later.annotate(SHIRTS, image, by("eve", "hole"), Optional.of("never given"));
        assertThat(unknown.inForce()).isFalse();
        assertThat(later.annotate(SHIRTS, image, by("eve", "hole"), Optional.empty())
                        .inForce())
                .isTrue();
        assertThat(home.labels().votes(datasets.dataset(SHIRTS).id()))
                .extracting(Vote::annotator, Vote::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("bob", ChoiceReason.RANDOM),
                        org.assertj.core.groups.Tuple.tuple("ada", ChoiceReason.RANDOM),
                        org.assertj.core.groups.Tuple.tuple("eve", ChoiceReason.CHOSEN));
    }

    @Test
    void shouldDecideByMajorityOnceEnoughPeopleHaveVoted() {
        perImage(3);
        Map<String, List<LabelLease>> leases = new HashMap<>();
        for (String person : List.of("ada", "bob", "eve")) {
            leases.put(person, labelling.leases().give(SHIRTS, LeaseWish.of(person, 12)));
            assertThat(images(leases.get(person))).hasSize(12);
        }
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("dan", 1))).isEmpty();
        LabelLease ada = leases.get("ada").getFirst();
        ContentHash image = ada.item().image().hash();
        annotate(ada, "hole");
        LabelLease bob = leases.get("bob").getFirst();
        assertThat(bob.item().image().hash()).isEqualTo(image);
        annotate(bob, "none");
        assertThat(label(image)).isEmpty();
        annotate(leases.get("eve").getFirst(), "hole");
        assertThat(label(image)).contains(new ClassLabels(List.of("hole"), Map.of("hole", 2 / 3.0, "none", 1 / 3.0)));
        assertThat(home.labels().disputed(datasets.dataset(SHIRTS).id(), 0, 10))
                .singleElement()
                .satisfies(disputed -> assertThat(disputed.image()).isEqualTo(image));
        labelling.decide(SHIRTS, image, by("dan", "none"));
        annotate(bob, "hole");
        assertThat(label(image)).contains(ClassLabels.of("none"));
        assertThat(home.labels().disputed(datasets.dataset(SHIRTS).id(), 0, 10)).isEmpty();
    }

    @Test
    void shouldDecideAgainWithoutWithdrawnVotes() {
        ContentHash image =
                datasets.page(SHIRTS, ItemFilter.ALL, 0, 1).getFirst().image().hash();
        annotate(image, "ada", "hole", "tool 1 31 a");
        annotate(image, "ada", "none", "tool 1 31 b");
        annotate(image, "bob", "hole", "tool 1 310 a");
        assertThat(labelling.withdraw(SHIRTS, "tool 1 3")).isZero();
        assertThat(labelling.withdraw(SHIRTS, "tool 1 310")).isOne();
        assertThat(label(image)).contains(ClassLabels.of("none"));
        assertThat(labelling.withdraw(SHIRTS, "tool 1 31")).isEqualTo(2);
        assertThat(labelling.withdraw(SHIRTS, "tool 1 31")).isZero();
        assertThat(label(image)).isEmpty();
        assertThat(datasets.annotations(datasets.item(SHIRTS, image))).hasSize(3);
        assertThat(datasets.tags(SHIRTS).get("class")).isNull();
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("eve", 12))))
                .contains(image);
        AnnotationValue imported = ClassLabels.of("hole");
        add(0, 12, Optional.of(imported));
        annotate(image, "ada", "none", "tool 1 32 a");
        assertThat(labelling.withdraw(SHIRTS, "tool 1 32")).isOne();
        assertThat(label(image)).contains(imported);
        annotate(image, "ada", "none", "tool 1 33 a");
        labelling.decide(SHIRTS, image, by("dan", "none"));
        assertThat(labelling.withdraw(SHIRTS, "tool 1 33")).isOne();
        assertThat(label(image)).contains(ClassLabels.of("none"));
    }

    private void annotate(ContentHash image, String person, String label, String id) {
        ItemAnnotation _ = labelling.annotate(
                SHIRTS,
                image,
                new NewAnnotation(person, ClassLabels.of(label), Optional.empty(), Optional.empty(), Optional.of(id)),
                Optional.empty());
    }

    @Test
    void shouldGiveHoneypotsWithoutChangingTheirLabel() {
        ContentHash known = labelling
                .leases()
                .give(SHIRTS, LeaseWish.of("ada", 1))
                .getFirst()
                .item()
                .image()
                .hash();
        labelling.honeypots().set(SHIRTS, Map.of(known, ClassLabels.of("hole")), "ada");
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 1, 0, Optional.empty(), Optional.empty(), ConsensusMethod.AUTO));
        List<LabelLease> bob = labelling.leases().give(SHIRTS, LeaseWish.of("bob", 3));
        assertThat(bob)
                .extracting(LabelLease::reason)
                .containsOnlyOnce(ChoiceReason.HONEYPOT)
                .hasSize(3);
        LabelLease trap = bob.stream()
                .filter(lease -> lease.reason() == ChoiceReason.HONEYPOT)
                .findFirst()
                .orElseThrow();
        annotate(trap, "none");
        assertThat(label(known)).contains(ClassLabels.of("hole"));
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 12)))
                .extracting(LabelLease::reason)
                .doesNotContain(ChoiceReason.HONEYPOT);
        labelling.honeypots().clear(SHIRTS, List.of(known));
        assertThat(labelling.honeypots().of(SHIRTS)).isEmpty();
    }

    @Test
    void shouldGiveImagesOfHighScoreFirstAndReworkBeforeThem() {
        List<ContentHash> all = datasets.page(SHIRTS, ItemFilter.ALL, 0, 20).stream()
                .map(item -> item.image().hash())
                .toList();
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.UNCERTAIN, 0, 0, Optional.empty(), Optional.empty(), ConsensusMethod.AUTO));
        labelling.score(
                SHIRTS,
                Map.of(all.get(7), QueueScore.of(0.9), all.get(3), new QueueScore(0.5, Optional.of("seen 2 times"))));
        LabelLease first =
                labelling.leases().give(SHIRTS, LeaseWish.of("ada", 1)).getFirst();
        assertThat(first.item().image().hash()).isEqualTo(all.get(7));
        assertThat(first.reason()).isEqualTo(ChoiceReason.UNCERTAIN);
        annotate(first, "hole");
        assertThat(labelling.again(SHIRTS, List.of(all.get(7)), ChoiceReason.REWORK))
                .isOne();
        List<LabelLease> bob = labelling.leases().give(SHIRTS, LeaseWish.of("bob", 3));
        assertThat(bob).extracting(lease -> lease.item().image().hash()).startsWith(all.get(7), all.get(3));
        assertThat(bob)
                .extracting(LabelLease::reason)
                .containsExactly(ChoiceReason.REWORK, ChoiceReason.UNCERTAIN, ChoiceReason.RANDOM);
        assertThat(bob)
                .extracting(LabelLease::detail)
                .containsExactly(Optional.empty(), Optional.of("seen 2 times"), Optional.empty());
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 12))))
                .hasSize(9)
                .doesNotContain(all.get(7));
    }

    @Test
    void shouldLabelImagesAgainOfWhoeverFailsTheHoneypots() {
        List<ContentHash> all = datasets.page(SHIRTS, ItemFilter.ALL, 0, 20).stream()
                .map(item -> item.image().hash())
                .toList();
        Map<ContentHash, AnnotationValue> known = new HashMap<>();
        all.subList(0, 10).forEach(image -> known.put(image, ClassLabels.of("hole")));
        labelling.honeypots().set(SHIRTS, known, "ada");
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 0, 0, Optional.empty(), Optional.of(0.8), ConsensusMethod.AUTO));
        List<LabelLease> plain = labelling.leases().give(SHIRTS, LeaseWish.of("bob", 2));
        plain.forEach(lease -> annotate(lease, "none"));
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 1, 0, Optional.empty(), Optional.of(0.8), ConsensusMethod.AUTO));
        for (LabelLease trap : labelling.leases().give(SHIRTS, LeaseWish.of("bob", 10))) {
            annotate(trap, "none");
        }
        assertThat(labelling.progress(SHIRTS).people().getFirst().quality().below())
                .isTrue();
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 0, 0, Optional.empty(), Optional.of(0.8), ConsensusMethod.AUTO));
        List<LabelLease> again = labelling.leases().give(SHIRTS, LeaseWish.of("eve", 12));
        assertThat(images(again)).isEqualTo(images(plain));
        assertThat(again).extracting(LabelLease::reason).containsOnly(ChoiceReason.REWORK);
        annotate(again.getFirst(), "hole");
        assertThat(label(again.getFirst().item().image().hash())).contains(ClassLabels.of("hole"));
        assertThat(labelling.progress(SHIRTS).backlog()).isOne();
    }

    @Test
    void shouldSkipWhatWasLabelledOrRemovedSince() {
        add(12, 20, Optional.empty());
        assertThat(labelling.leases().give(SHIRTS, LeaseWish.of("ada", 1))).hasSize(1);
        add(0, 12, Optional.of(ClassLabels.of("none")));
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 20))))
                .hasSizeBetween(7, 8);
    }

    @Test
    void shouldRememberPredictionsThatWereHidden() {
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 0, 1, Optional.of("shirts"), Optional.empty(), ConsensusMethod.AUTO));
        Labelling predicting = at(
                Duration.ZERO,
                (dataset, model, image) -> Optional.of(new Prefill(ClassLabels.of("hole"), model + ":3")));
        LabelLease lease =
                predicting.leases().give(SHIRTS, LeaseWish.of("ada", 1)).getFirst();
        assertThat(lease.prefillHidden()).isTrue();
        annotate(lease, "none");
        Vote vote = home.labels().votes(datasets.dataset(SHIRTS).id()).getFirst();
        assertThat(vote.suggestion()).hasValueSatisfying(suggestion -> {
            assertThat(suggestion.hidden()).isTrue();
            assertThat(suggestion.prefill().model()).isEqualTo("shirts:3");
        });
    }

    @Test
    void shouldRefuseNamesThatAreNotThoseOfPeople() {
        for (String name : List.of(" ", "import", "consensus", "shirts:3", "a\nb")) {
            assertThatExceptionOfType(FoveaException.class)
                    .isThrownBy(() -> labelling.leases().give(SHIRTS, LeaseWish.of(name, 1)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID));
        }
    }

    @Test
    void shouldForgetLeasesWithTheirImage() {
        LabelLease lease =
                labelling.leases().give(SHIRTS, LeaseWish.of("ada", 1)).getFirst();
        annotate(lease, "hole");
        datasets.forget(List.of(lease.item().image().hash()), "ada", "requested");
        assertThat(home.labels().votes(datasets.dataset(SHIRTS).id())).isEmpty();
        assertThat(images(labelling.leases().give(SHIRTS, LeaseWish.of("bob", 12))))
                .hasSize(11);
    }
}
