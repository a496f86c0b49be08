package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.model.Lineage;
import dev.fovea.pipeline.curation.NextImages;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registration;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.PredictionResult.LabelResult;
import dev.fovea.runtime.session.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A classifier trained on red and on cyan blots, and unlabelled ones of these hues and of hues between them. What it is
 * sure of is taken from its own predictions.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TrainedNextImagesTest {

    private static final String CLOTH = "cloth";
    private static final CheckRequest NEXT = new CheckRequest(CLOTH, "", Optional.empty());
    private static final float RED = 0;
    private static final float CYAN = 0.5f;
    private static final int LABELLED = 40;
    private static final int PURE = 4;
    private static final int BETWEEN = 12;
    private static final int SUREST = 5;
    private static final double SURE = 0.9;
    private static final double UNSURE = 0.3;
    /** Of a choice of one image. */
    private static final int CANDIDATES = 10;

    /** Of half-precision numbers, in which uncertainties are kept. */
    private static final double ROUNDING = 0.001;

    private Application application;
    private NextImages before;
    private NextImages after;
    /** By hash: the highest probability less the second. */
    private final Map<String, Double> margins = new HashMap<>();

    @BeforeAll
    void train(@TempDir Path directory) throws IOException {
        Path home = directory.resolve("home");
        run(home, "data", "create", CLOTH, "--from", labelled(directory).toString());
        run(home, "data", "add", CLOTH, unlabelled(directory).toString());
        application = Application.open(home);
        before = next(Integer.MAX_VALUE);
        Run trained = run(
                home,
                "train",
                CLOTH,
                "--name",
                CLOTH,
                "--network",
                "mobile",
                "--size",
                "small",
                "--edge",
                "32",
                "--epochs",
                "30",
                "--no-int8",
                "--promote",
                "always");
        assertThat(trained.out()).contains("Registered cloth:1", "It is in production");
        after = next(Integer.MAX_VALUE);
        predict(application.registry().version(CLOTH, 1));
    }

    @AfterAll
    void close() {
        application.close();
    }

    private static Run run(Path home, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        Run run = Run.of(all);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static Path labelled(Path directory) throws IOException {
        Path red = Files.createDirectories(directory.resolve("labelled/red"));
        Path cyan = Files.createDirectories(directory.resolve("labelled/cyan"));
        for (int seed = 0; seed < LABELLED; seed++) {
            Files.write(red.resolve(seed + ".png"), Blots.png(RED, seed));
            Files.write(cyan.resolve(seed + ".png"), Blots.png(CYAN, seed));
        }
        return red.getParent();
    }

    private static Path unlabelled(Path directory) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("unlabelled"));
        for (int i = 0; i < PURE; i++) {
            Files.write(folder.resolve("red-%d.png".formatted(i)), Blots.png(RED, LABELLED + i));
            Files.write(folder.resolve("cyan-%d.png".formatted(i)), Blots.png(CYAN, LABELLED + i));
        }
        for (int i = 1; i <= BETWEEN; i++) {
            float hue = RED + (CYAN - RED) * i / (BETWEEN + 1);
            Files.write(folder.resolve("between-%d.png".formatted(i)), Blots.png(hue, LABELLED));
        }
        return folder;
    }

    private NextImages next(int budget) {
        return application.datasetCheck().next(NEXT, budget, (step, fraction, left, detail) -> {});
    }

    private void predict(ModelVersion version) {
        List<DatasetItem> items = new ArrayList<>();
        application.datasets().forEach(CLOTH, ItemFilter.parse(List.of("labelled=no")), items::add);
        try (LoadedModel model = application.load(application.home().bundles().bundle(version.bundleId()))) {
            for (DatasetItem item : items) {
                LabelResult result = (LabelResult)
                        model.predict(application.datasets().bytes(item.image()), Deadline.in(Duration.ofMinutes(1)))
                                .result();
                List<Ranked> ranked = result.classification().ranked();
                String hash = item.image().hash().toString();
                margins.put(
                        hash,
                        (double) ranked.get(0).confidence() - ranked.get(1).confidence());
            }
        }
    }

    private static List<String> hashes(NextImages next) {
        return next.images().stream().map(ImagePriority::image).toList();
    }

    @Test
    void shouldNameTheModelInProductionAndTakeItsUncertainty() {
        assertThat(before.basis()).contains("No model in production learned from \"cloth\"");
        assertThat(after.basis()).contains("how unsure cloth:1 is");
        assertThat(after.images()).isNotEmpty().allSatisfy(image -> {
            assertThat(image.predicted()).isTrue();
            assertThat(image.uncertainty()).isCloseTo(1 - margins.get(image.image()), within(ROUNDING));
        });
        assertThat(hashes(after)).isNotEqualTo(hashes(before));
    }

    /** By margin, the least sure first. */
    private List<String> bySureness() {
        return margins.keySet().stream()
                .sorted(Comparator.comparing(margins::get))
                .toList();
    }

    @Test
    void shouldPutImagesNearTheBoundaryBeforeTheSurest() {
        List<String> ranked = bySureness();
        List<String> near = ranked.subList(0, SUREST);
        List<String> surest = ranked.subList(ranked.size() - SUREST, ranked.size());
        assertThat(margins.get(near.getFirst())).isLessThan(UNSURE);
        assertThat(surest).allSatisfy(image -> assertThat(margins.get(image)).isGreaterThan(SURE));

        List<String> order = hashes(after);

        assertThat(order).containsAll(surest);
        assertThat(meanPlace(order, near)).isLessThan(meanPlace(order, surest));
    }

    /** Single places are drawn, with more weight on images that the model is unsure of. */
    private static double meanPlace(List<String> order, List<String> images) {
        return images.stream().mapToInt(order::indexOf).average().orElseThrow();
    }

    @Test
    void shouldChooseOneAmongTheLeastSure() {
        List<String> chosen = hashes(next(1));

        assertThat(chosen).hasSize(1);
        assertThat(bySureness().subList(0, CANDIDATES)).containsAll(chosen);
    }

    /** A quantized version inherits the data set of its parent. */
    @Test
    void shouldNameTheNewestInProductionThatLearnedFromTheDataSet() {
        Registration trained = application.registry().version(CLOTH, 1).registration();
        ModelVersion quantized = application
                .registry()
                .register(
                        new Registration(
                                "small-cloth",
                                trained.task(),
                                trained.bundleId(),
                                trained.labels(),
                                "",
                                trained.lineage()
                                        .withSettings(Map.of(
                                                Lineage.DATA,
                                                trained.lineage()
                                                        .datasetVersion()
                                                        .orElseThrow())),
                                trained.quality(),
                                trained.size()),
                        "ada");
        assertThat(next(1).basis()).contains("cloth:1 is").doesNotContain("small");
        application.registry().promote(quantized.name(), quantized.number(), "ada", "");
        TestModels models = new TestModels(application);
        models.promote(models.register("shirts", 1));

        assertThat(next(1).basis()).contains("how unsure small-cloth:1 is");
    }
}
