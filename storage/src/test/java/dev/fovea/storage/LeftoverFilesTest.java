package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Lineage;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What versions leave when they are deleted, and when the process ends before their files are removed. */
@ParameterizedClass
@EnumSource(Pair.class)
class LeftoverFilesTest {

    @Parameter
    private Pair pair;

    private static final Tuning TUNING =
            new Tuning(Optional.empty(), List.of(new TuningTrial(new InstanceSettings(1, 2, 8), 100, 3.5, 12.25)));

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private Registry registry;

    @BeforeEach
    void choose() {
        settings = pair.in(directory.resolve("home"));
        open();
    }

    private void open() {
        home = Home.open(settings, "0.1.0");
        registry = new Registry(home.models(), InstantSource.system());
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void shouldRemoveWhatBelongsToADeletedModel() throws IOException {
        String bundle = bundle("one");
        register("shirts", bundle);
        register("shirts", bundle("two"));
        String pack = evaluate("01A", "shirts", 1, "thumbnails of one");
        home.tunings().save(bundle, "here", TUNING);
        VersionDeletion deletion = new VersionDeletion(registry, home.leftovers());
        deletion.unregisterAll("shirts", false, "ada", "");
        assertThat(home.evaluations().find("01A")).isEmpty();
        assertThat(home.evaluations().images("01A")).isEmpty();
        assertThat(home.tunings().find(bundle, "here")).isEmpty();
        deletion.removeFiles();
        assertThat(files("bundles")).isEmpty();
        assertThat(files("blobs")).isEmpty();
        assertThat(home.blobs().contains(pack)).isFalse();
    }

    @Test
    void shouldFinishInterruptedDeletionAtNextOpening() throws IOException {
        register("shirts", bundle("one"));
        evaluate("01A", "shirts", 1, "thumbnails of one");
        new VersionDeletion(registry, home.leftovers()).unregister("shirts", 1, "ada", "");
        assertThat(files("bundles")).isNotEmpty();
        assertThat(files("blobs")).isNotEmpty();
        reopen();
        assertThat(files("bundles")).isEmpty();
        assertThat(files("blobs")).isEmpty();
    }

    @Test
    void shouldKeepWhatAnotherVersionUses() throws IOException {
        String bundle = bundle("one");
        register("shirts", bundle);
        register("mugs", bundle);
        String pack = evaluate("01A", "shirts", 1, "the same images");
        assertThat(evaluate("01B", "mugs", 1, "the same images")).isEqualTo(pack);
        home.tunings().save(bundle, "here", TUNING);
        VersionDeletion deletion = new VersionDeletion(registry, home.leftovers());
        deletion.unregister("shirts", 1, "ada", "");
        deletion.removeFiles();
        assertThat(home.bundles().path(bundle)).isDirectory();
        assertThat(home.evaluations().pack(pack)).isNotEmpty();
        assertThat(home.tunings().find(bundle, "here")).contains(TUNING);
        deletion.unregisterAll("mugs", false, "ada", "");
        deletion.removeFiles();
        assertThat(files("bundles")).isEmpty();
        assertThat(files("blobs")).isEmpty();
    }

    @Test
    void shouldNotRemoveBundleThatWasRegisteredAgain() throws IOException {
        String bundle = bundle("one");
        register("shirts", bundle);
        VersionDeletion deletion = new VersionDeletion(registry, home.leftovers());
        deletion.unregister("shirts", 1, "ada", "");
        register("shirts", bundle("one"));
        deletion.removeFiles();
        assertThat(home.bundles().path(bundle)).isDirectory();
    }

    @Test
    void shouldStoreNothingAfterDeletion() throws IOException {
        register("shirts", bundle("one"));
        new VersionDeletion(registry, home.leftovers()).unregister("shirts", 1, "ada", "");
        assertThatThrownBy(() -> evaluate("01A", "shirts", 1, "late"))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_UNKNOWN))
                .hasMessageContaining("was deleted while it was evaluated");
        home.monitoring("here").save(List.of(new MonitoringStore.Saved(new VersionId("shirts", 1), new byte[] {1})));
        assertThat(home.monitoring("here").load()).isEmpty();
    }

    @Test
    void shouldKeepArchivedVersionsInTheNextProcess() throws IOException {
        register("shirts", bundle("one"));
        register("shirts", bundle("two"));
        registry.archive("shirts", 1, "ada", "");
        reopen();
        assertThat(registry.model("shirts").archived()).containsExactly(1);
        registry.restore("shirts", 1, "ada", "");
        reopen();
        assertThat(registry.model("shirts").archived()).isEmpty();
    }

    private void reopen() {
        close();
        open();
    }

    private String bundle(String content) throws IOException {
        Path bundle = Files.createDirectories(directory.resolve("draft-" + content));
        Files.writeString(bundle.resolve("bundle.json"), "{\"content\":\"" + content + "\"}");
        Files.writeString(bundle.resolve("model.onnx"), content);
        return home.bundles().put(bundle);
    }

    private void register(String name, String bundle) {
        Registration registration = new Registration(
                name,
                "classification",
                bundle,
                List.of("none", "hole"),
                "",
                Lineage.imported("model.onnx", "0.1.0", "2 cores"),
                new Registration.Quality(Map.of(), ""),
                new Registration.NetworkSize(480_000, 120_000));
        assertThat(registry.register(registration, "ada").bundleId()).isEqualTo(bundle);
    }

    private String evaluate(String id, String model, int version, String thumbnails) {
        String pack = home.evaluations().putPack(thumbnails.getBytes(StandardCharsets.UTF_8));
        home.evaluations()
                .save(
                        new Evaluation(
                                id,
                                model,
                                version,
                                Evaluation.Origin.EVALUATE,
                                "classification",
                                new Evaluation.EvaluationSource("ab".repeat(32), "new shirts", 1, 0, 0),
                                Instant.EPOCH,
                                Models.report()),
                        List.of(new EvaluatedImage(
                                0,
                                "hole/1.jpg",
                                "cd".repeat(32),
                                new ImageResult.Classified("hole", "none", 0.75),
                                Optional.of(new EvaluatedImage.Thumbnail(pack, 0, 4)))));
        return pack;
    }

    private List<Path> files(String room) throws IOException {
        Path files = pair.files(settings).resolve(room);
        if (!Files.exists(files)) { // an object store has no empty directories
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(files)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
