package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.FabricDataset.Planted;
import dev.fovea.datasets.Ingest.Ingested;
import dev.fovea.datasets.IngestReport.Group;
import dev.fovea.datasets.IngestReport.Leak;
import dev.fovea.datasets.IngestReport.Member;
import dev.fovea.datasets.report.IngestReportJson;
import dev.fovea.datasets.report.IngestReportTable;
import dev.fovea.imaging.ImageLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FabricDatasetTest {

    private static final int TRAIN = 30;
    private static final int TEST = 12;

    private Planted planted;
    private Ingested ingested;

    @BeforeAll
    void draw(@TempDir Path root) {
        planted = new FabricDataset(TRAIN, TEST, 7).write(root, IngestProgress.SILENT);
        ingested = new Ingest(ImageLimits.DEFAULT).run(root, IngestProgress.SILENT);
    }

    @Test
    void shouldFindTheCorruptFilesAndNoOthers() {
        assertThat(ingested.report().files().refused())
                .extracting(IngestReport.Refusal::path)
                .containsExactlyInAnyOrderElementsOf(planted.corrupt());
    }

    @Test
    void shouldFindTheWrongExtensionAndNoOther() {
        assertThat(ingested.report().files().wrongExtensions())
                .extracting(IngestReport.WrongExtension::path)
                .containsExactlyElementsOf(planted.wrongExtension());
    }

    @Test
    void shouldFindTheExactDuplicatesAndTheLeakedImageAndNoOthers() {
        Set<Set<String>> expected =
                planted.exactDuplicates().stream().map(Set::copyOf).collect(Collectors.toSet());
        expected.add(Set.copyOf(planted.leak()));

        assertThat(sets(ingested.report().duplicates().exact())).isEqualTo(expected);
    }

    @Test
    void shouldFindTheNearDuplicatesAndNoOthers() {
        assertThat(sets(ingested.report().duplicates().near()))
                .isEqualTo(planted.nearDuplicates().stream().map(Set::copyOf).collect(Collectors.toSet()));
    }

    @Test
    void shouldDropTheLeakedImageFromTheTrainingSplit() {
        assertThat(ingested.report().duplicates().leaks())
                .containsExactly(new Leak(
                        new Member(planted.leak().getFirst(), "tear", "train"),
                        new Member(planted.leak().getLast(), "tear", "test"),
                        true));
        assertThat(ingested.version().on(Split.TEST)).hasSize(3 * TEST);
    }

    @Test
    void shouldKeepUsableImages() {
        assertThat(ingested.report().counts().balance())
                .isEqualTo(Map.of(
                        "none", Map.of("train", TRAIN + 1, "test", TEST),
                        "hole", Map.of("train", TRAIN + 1, "test", TEST),
                        "tear", Map.of("train", TRAIN, "test", TEST)));
    }

    @Test
    void shouldNameTheFaultyFilesInTableAndJson() {
        String table = IngestReportTable.write(ingested.report(), 5);
        String json = IngestReportJson.write(ingested.report());

        planted.corrupt().forEach(path -> {
            assertThat(table).contains(path);
            assertThat(json).contains(path);
        });
        assertThat(table).contains("IMAGE_CORRUPT", ingested.version().id());
        assertThat(json)
                .contains(
                        "\"duplicates\"",
                        "\"dataset_version\" : \"" + ingested.version().id());
    }

    private static Set<Set<String>> sets(List<Group> groups) {
        return groups.stream()
                .map(group -> group.members().stream().map(Member::path).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }
}
