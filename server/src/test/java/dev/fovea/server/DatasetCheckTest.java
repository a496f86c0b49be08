package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.api.data.LastCheck;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.similarity.SplitLeaks;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.labels.wrong.SuspectLabel;
import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.curation.LabelFindings;
import dev.fovea.pipeline.curation.NextImages;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobResult;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of a data set by the built-in descriptor: the home has no model. */
class DatasetCheckTest {

    private static final String CLOTH = "cloth";
    private static final CheckRequest CHECK = new CheckRequest(CLOTH, "", Optional.empty());
    private static final int EACH = 40;

    @TempDir
    private Path home;

    private Application application;
    private Datasets datasets;

    @BeforeEach
    void open() {
        application = Application.open(home);
        datasets = application.datasets();
        datasets.create(CLOTH, ImageTask.CLASSIFICATION, List.of(), "ada");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private static IncomingImage image(FabricClass kind, int seed, Split split, Optional<String> label) {
        byte[] bytes = Blots.png(kind == FabricClass.HOLE ? 0 : 0.5f, seed);
        return new IncomingImage(
                "%s-%d.jpg".formatted(kind.label(), seed),
                () -> bytes,
                Optional.empty(),
                split,
                Optional.of(seed < 2 ? "bolt 1" : kind.label() + seed),
                new TreeMap<>(),
                label.<AnnotationValue>map(ClassLabels::of));
    }

    private void add(List<IncomingImage> images) {
        assertThat(datasets.add(CLOTH, images, AddOptions.DEFAULT, (done, all) -> {})
                        .refused())
                .isEmpty();
    }

    @Test
    void shouldRankPlantedLabelsAboveMostOthersAndNameALeak() {
        List<IncomingImage> images = new ArrayList<>();
        Set<String> planted = Set.of("hole-7.jpg", "hole-8.jpg", "none-9.jpg", "none-11.jpg");
        for (FabricClass kind : List.of(FabricClass.HOLE, FabricClass.NONE)) {
            FabricClass other = kind == FabricClass.HOLE ? FabricClass.NONE : FabricClass.HOLE;
            for (int seed = 0; seed < EACH; seed++) {
                String name = "%s-%d.jpg".formatted(kind.label(), seed);
                images.add(image(
                        kind,
                        seed,
                        seed == 1 && kind == FabricClass.HOLE ? Split.TEST : Split.TRAIN,
                        Optional.of(planted.contains(name) ? other.label() : kind.label())));
            }
        }
        add(images);
        DatasetFindings findings = application.datasetCheck().check(CHECK, (step, fraction, remaining, detail) -> {});
        assertThat(findings.compared().images()).isEqualTo(2 * EACH);
        assertThat(findings.compared().embeddings()).contains("built-in descriptor");
        List<String> firstQuarter = ((LabelFindings.SingleClass) findings.labels())
                .report().suspects().stream()
                        .limit(EACH / 2)
                        .map(SuspectLabel::image)
                        .toList();
        Set<String> hashes = new HashSet<>();
        datasets.forEach(CLOTH, ItemFilter.ALL, item -> {
            if (planted.contains(item.source())) {
                hashes.add(item.image().hash().toString());
            }
        });
        assertThat(firstQuarter.stream().filter(hashes::contains)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(findings.leaks())
                .anySatisfy(leak -> assertThat(leak.reason()).isEqualTo(SplitLeaks.LeakReason.SAME_GROUP));
    }

    @Test
    void shouldNotReadImagesAgainThatWereEmbeddedBefore() throws IOException {
        Path folder = Files.createDirectories(home.resolveSibling("photos"));
        List<Path> files = new ArrayList<>();
        List<IncomingImage> images = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            IncomingImage image = image(FabricClass.HOLE, seed, Split.TRAIN, Optional.of("hole"));
            Path file =
                    Files.write(folder.resolve(image.source()), image.bytes().read());
            files.add(file);
            images.add(new IncomingImage(
                    image.source(),
                    image.bytes(),
                    Optional.of(file),
                    image.split(),
                    image.group(),
                    image.tags(),
                    image.label()));
        }
        datasets.add(CLOTH, images, new AddOptions(true, ImageTags.Location.DROP, new TreeMap<>()), (done, all) -> {});
        DatasetFindings first = application.datasetCheck().check(CHECK, (step, fraction, remaining, detail) -> {});
        for (Path file : files) {
            Files.delete(file);
        }
        assertThat(application.datasetCheck().check(CHECK, (step, fraction, remaining, detail) -> {}))
                .isEqualTo(first);
        assertThat(first.compared().images()).isEqualTo(5);
    }

    @Test
    void shouldCountAReportOfAnotherProgramVersionAsNoCheck() {
        add(List.of(image(FabricClass.HOLE, 1, Split.TRAIN, Optional.of("hole"))));
        String _ = application
                .jobs()
                .run(
                        CHECK,
                        (step, fraction, remaining, detail) -> {},
                        _ -> "{\"labels\": {\"kind\": \"of a later version\"}}",
                        report -> new JobOutcome(
                                new JobResult(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                                Optional.of(report)));
        assertThat(new LastCheck(application.jobs()).findings(CLOTH)).isEmpty();
    }

    @Test
    void shouldChooseUnlabelledImagesUnlikeOneAnother() {
        List<IncomingImage> images = new ArrayList<>();
        for (int seed = 0; seed < EACH; seed++) {
            images.add(image(
                    FabricClass.HOLE, seed, Split.UNASSIGNED, seed < 10 ? Optional.of("hole") : Optional.empty()));
        }
        add(images);
        NextImages chosen = application.datasetCheck().next(CHECK, 5, (step, fraction, remaining, detail) -> {});
        assertThat(chosen.basis()).contains("No model in production learned from \"cloth\"", "novelty");
        List<ImagePriority> next = chosen.images();
        assertThat(next.stream().map(ImagePriority::image).collect(Collectors.toSet()))
                .hasSize(5);
        assertThat(next).allSatisfy(image -> assertThat(image.novelty()).isPositive());
    }
}
