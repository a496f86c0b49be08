package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.DesignChange;
import dev.fovea.datasets.curation.DesignChange.DesignPart;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.design.PilotReport;
import dev.fovea.labels.design.PilotReport.PilotPerson;
import dev.fovea.labels.design.PilotReport.PilotState;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabelStores;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.LeaseWish;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.labels.queue.SettledImages;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
class LabelDesignTest {

    private static final String SHIRTS = "shirts";
    private static final LabelQuestion QUESTION =
            new LabelQuestion("Which fault?", Optional.of(false), Optional.of(true));

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private Datasets datasets;
    private Labelling labelling;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory.resolve("home")), "0.1.0");
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                image -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        PrefillModel model = (dataset, name, image) -> Optional.of(new Prefill(ClassLabels.of("hole"), "shirts:1"));
        labelling = new Labelling(
                datasets,
                new LabelStores(home.labels(), home.pilots(), home.confirmations()),
                model,
                Clock.systemUTC(),
                new Random(1));
        datasets.create(
                SHIRTS,
                ImageTask.CLASSIFICATION,
                List.of(ClassDefinition.named("hole"), ClassDefinition.named("none")),
                "ada");
        add(0, 20, Optional.empty());
    }

    @AfterEach
    void close() {
        home.close();
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

    private static ContentHash image(int seed) {
        return ContentHash.of(NoiseImages.png(seed));
    }

    private static List<ContentHash> images(int from, int to) {
        return IntStream.range(from, to).mapToObj(LabelDesignTest::image).toList();
    }

    private SavedVersion commit(String message) {
        return datasets.versions().commit(SHIRTS, message, "ada");
    }

    @Test
    void shouldKeepTheDesignInVersionsAndSayWhatOfItChanged() {
        SavedVersion before = commit("classes only");
        labelling.design().ask(SHIRTS, QUESTION);
        labelling.design().define(SHIRTS, "hole", "A hole of 1 mm or more");
        labelling.design().example(SHIRTS, image(0), "hole");
        labelling.design().counterExample(SHIRTS, image(1), "hole");
        assertThat(datasets.versions().isChanged(SHIRTS)).isTrue();
        SavedVersion after = commit("designed");
        assertThat(datasets.versions().isChanged(SHIRTS)).isFalse();
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(datasets.versions().version(SHIRTS, "2").question()).isEqualTo(QUESTION);
        assertThat(datasets.versions().diff(before, after, 10).design())
                .extracting(DesignChange::part)
                .containsExactly(
                        DesignPart.QUESTION,
                        DesignPart.SEVERAL_APPLY,
                        DesignPart.NONE_APPLIES,
                        DesignPart.DEFINITION,
                        DesignPart.EXAMPLES,
                        DesignPart.COUNTER_EXAMPLES);
        labelling
                .design()
                .set(
                        SHIRTS,
                        LabelQuestion.EMPTY,
                        List.of(ClassDefinition.named("hole"), ClassDefinition.named("none")));
        assertThat(commit("as before").id()).isEqualTo(before.id());
    }

    @Test
    void shouldMoveAnExampleFromClassToClass() {
        labelling.design().example(SHIRTS, image(0), "hole");
        labelling.design().counterExample(SHIRTS, image(0), "none");
        labelling.design().example(SHIRTS, image(0), "none");
        assertThat(datasets.dataset(SHIRTS).requireClass("hole").examples()).isEmpty();
        assertThat(datasets.dataset(SHIRTS).requireClass("none").examples()).containsExactly(image(0).toString());
        assertThat(datasets.dataset(SHIRTS).requireClass("none").counterExamples())
                .isEmpty();
    }

    @Test
    void shouldRefuseExamplesThatAreNotInTheDataset() {
        ClassDefinition stranger = ClassDefinition.named("hole").showing("ab".repeat(32));
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() ->
                        labelling.design().set(SHIRTS, QUESTION, List.of(stranger, ClassDefinition.named("none"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(datasets.dataset(SHIRTS).question()).isEqualTo(LabelQuestion.EMPTY);
    }

    @Test
    void shouldForgetAnExampleWithItsImage() {
        labelling.design().example(SHIRTS, image(0), "hole");
        labelling.design().example(SHIRTS, image(1), "hole");
        assertThat(datasets.forget(List.of(image(0)), "ada", "on request")).hasSize(1);
        assertThat(datasets.dataset(SHIRTS).requireClass("hole").examples()).containsExactly(image(1).toString());
    }

    private List<LabelLease> lease(String person, int count) {
        return labelling.leases().give(SHIRTS, LeaseWish.of(person, count));
    }

    private void label(LabelLease lease, String label) {
        ItemAnnotation _ = labelling.annotate(
                SHIRTS,
                lease.item().image().hash(),
                new NewAnnotation(
                        lease.annotator(), ClassLabels.of(label), Optional.of(1L), Optional.empty(), Optional.empty()),
                Optional.of(lease.id()));
    }

    private void labelAll(String person, String label) {
        lease(person, 10).forEach(lease -> label(lease, label));
    }

    @Test
    void shouldServeThePilotFirstBlindAndToAsManyPeopleAsItWants() {
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        1, QueueOrder.RANDOM, 1, 0, Optional.of("shirts:1"), Optional.empty(), ConsensusMethod.AUTO));
        labelling.honeypots().set(SHIRTS, Map.of(image(19), ClassLabels.of("hole")), "ada");
        PilotReport drawn = labelling.pilots().start(SHIRTS, images(0, 10), 2, "ada");
        assertThat(drawn.state()).isEqualTo(PilotState.DRAWN);

        List<LabelLease> bo = lease("bo", 15);
        assertThat(bo).hasSize(10).allSatisfy(lease -> {
            assertThat(lease.reason()).isEqualTo(ChoiceReason.PILOT);
            assertThat(lease.suggestion()).isEmpty();
        });
        assertThat(bo)
                .extracting(lease -> lease.item().image().hash())
                .containsExactlyInAnyOrderElementsOf(images(0, 10));
        bo.forEach(lease -> label(lease, "hole"));
        assertThat(labelling.pilots().newest(SHIRTS).state()).isEqualTo(PilotState.RUNNING);
        assertThat(datasets.item(SHIRTS, image(0)).label()).isEmpty();

        List<LabelLease> cy = lease("cy", 10);
        assertThat(cy).hasSize(10).allMatch(lease -> lease.reason() == ChoiceReason.PILOT);
        assertThat(lease("di", 5)).noneMatch(lease -> lease.reason() == ChoiceReason.PILOT);
        cy.subList(0, 6).forEach(lease -> label(lease, "hole"));
        cy.subList(6, 10).forEach(lease -> label(lease, "none"));

        PilotReport done = labelling.pilots().newest(SHIRTS);
        assertThat(done.state()).isEqualTo(PilotState.DONE);
        assertThat(done.complete()).isEqualTo(10);
        assertThat(done.people()).containsExactly(new PilotPerson("bo", 10), new PilotPerson("cy", 10));
        assertThat(done.agreement().images()).isEqualTo(10);
        assertThat(done.agreement().confused())
                .singleElement()
                .satisfies(confused -> assertThat(confused.images()).isEqualTo(4));
        assertThat(done.advice()).isNotEmpty();
        assertThat(labelling.disagreements(SHIRTS, 0, 10)).hasSize(4);
        assertThat(datasets.item(SHIRTS, image(0)).label()).isPresent();
    }

    @Test
    void shouldLeaveTheLabelsOfImagesThatHaveOne() {
        add(30, 40, Optional.of(ClassLabels.of("none")));
        labelling.pilots().start(SHIRTS, images(30, 40), 2, "ada");
        labelAll("bo", "hole");
        labelAll("cy", "hole");
        assertThat(labelling.pilots().newest(SHIRTS).state()).isEqualTo(PilotState.DONE);
        assertThat(datasets.item(SHIRTS, image(30))
                        .label()
                        .orElseThrow()
                        .content()
                        .value())
                .isEqualTo(ClassLabels.of("none"));
        assertThat(labelling.settle(SHIRTS)).isEqualTo(SettledImages.NONE);
        assertThat(lease("di", 40)).hasSize(20);
    }

    @Test
    void shouldGiveImagesBackToTheQueueWhenAPilotIsEnded() {
        add(30, 35, Optional.of(ClassLabels.of("none")));
        labelling.pilots().start(SHIRTS, images(0, 10), 3, "ada");
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> labelling.pilots().start(SHIRTS, images(10, 20), 2, "ada"))
                .withMessageContaining("fovea design %s --end-pilot, DELETE /v1/datasets/%s/pilot", SHIRTS, SHIRTS)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        lease("bo", 4).forEach(lease -> label(lease, "hole"));
        assertThat(labelling.pilots().end(SHIRTS).state()).isEqualTo(PilotState.DONE);
        assertThat(labelling.settle(SHIRTS)).isEqualTo(new SettledImages(4, 0));
        assertThat(lease("cy", 30)).hasSize(16).noneMatch(lease -> lease.reason() == ChoiceReason.PILOT);
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> labelling.pilots().end(SHIRTS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        assertThat(labelling.pilots().seen(SHIRTS)).hasSize(4);
        labelling.design().example(SHIRTS, image(15), "hole");
        assertThat(labelling.pilots().seen(SHIRTS)).hasSize(5).contains(image(15));
    }
}
