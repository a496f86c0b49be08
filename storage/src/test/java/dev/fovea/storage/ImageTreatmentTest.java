package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImageTreatment.LocationState;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.imaging.metadata.ImageTags.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class ImageTreatmentTest {

    private static final String STREETS = "streets";
    private static final byte[] FILE = LocatedImages.png(1);
    private static final ContentHash FILE_HASH = ContentHash.of(FILE);
    private static final AddOptions KEEP = new AddOptions(false, Location.KEEP, new TreeMap<>());

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private Datasets datasets;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory.resolve("home")), "0.1.0");
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                image -> image.equals(FILE_HASH) ? List.of("learned-from-the-file:1") : List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        datasets.create(STREETS, ImageTask.CLASSIFICATION, List.of(), "ada");
        datasets.create("kept", ImageTask.CLASSIFICATION, List.of(), "ada");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private AddReport add(String name, AddOptions options, Optional<Path> file) {
        return datasets.add(
                name,
                List.of(new IncomingImage(
                        "street.png",
                        () -> FILE,
                        file,
                        Split.UNASSIGNED,
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.empty())),
                options,
                IngestProgress.SILENT);
    }

    private DatasetItem only(String name) {
        assertThat(datasets.page(name, ItemFilter.ALL, 0, 10)).hasSize(1);
        return datasets.page(name, ItemFilter.ALL, 0, 10).getFirst();
    }

    private static boolean isLocated(byte[] file) {
        return ImageTags.of(file, Location.DROP).locationPresent();
    }

    @Test
    void shouldStoreAnImageWithoutItsPositionAndFindItByItsFile() {
        assertThat(isLocated(FILE)).isTrue();
        assertThat(add(STREETS, AddOptions.DEFAULT, Optional.empty()).treated().locationsErased())
                .isEqualTo(1);

        DatasetItem item = only(STREETS);
        byte[] stored = datasets.bytes(item.image());
        assertThat(isLocated(stored)).isFalse();
        assertThat(item.image().hash()).isEqualTo(ContentHash.of(stored)).isNotEqualTo(FILE_HASH);
        assertThat(item.image().treatment().location()).isEqualTo(LocationState.ERASED);
        assertThat(item.tags()).isEmpty();
        assertThat(datasets.item(STREETS, FILE_HASH)).isEqualTo(item);
        assertThat(datasets.learners(item.image().hash())).containsExactly("learned-from-the-file:1");
        assertThat(datasets.verify(STREETS, IngestProgress.SILENT).isIntact()).isTrue();
    }

    @Test
    void shouldMakeNoDoubleOfAnImageInItsOtherForm() {
        add(STREETS, AddOptions.DEFAULT, Optional.empty());
        assertThat(add(STREETS, AddOptions.DEFAULT, Optional.empty()).counts().repeated())
                .isEqualTo(1);
        assertThat(add(STREETS, KEEP, Optional.empty()).counts().repeated()).isEqualTo(1);
        assertThat(only(STREETS).image().treatment().location()).isEqualTo(LocationState.ERASED);

        add("kept", KEEP, Optional.empty());
        assertThat(add("kept", AddOptions.DEFAULT, Optional.empty()).counts().repeated())
                .isEqualTo(1);
        DatasetItem kept = only("kept");
        assertThat(datasets.bytes(kept.image())).isEqualTo(FILE);
        assertThat(kept.image().treatment().location()).isEqualTo(LocationState.KEPT);
        assertThat(kept.tags()).containsEntry("latitude", "-33.500000").containsEntry("longitude", "151.200000");
    }

    @Test
    void shouldLeaveAFileInPlaceAndEraseWhatIsRead() throws IOException {
        Path file = Files.write(directory.resolve("street.png"), FILE);
        add("kept", new AddOptions(true, Location.KEEP, new TreeMap<>()), Optional.of(file));
        assertThat(datasets.bytes(only("kept").image())).isEqualTo(FILE);
        add(STREETS, new AddOptions(true, Location.DROP, new TreeMap<>()), Optional.of(file));

        DatasetItem item = only(STREETS);
        byte[] read = datasets.bytes(item.image());
        assertThat(Files.readAllBytes(file)).isEqualTo(FILE);
        assertThat(item.image().hash()).isEqualTo(FILE_HASH);
        assertThat(isLocated(read)).isFalse();
        assertThat(item.image().treatment().location()).isEqualTo(LocationState.ERASED_WHEN_READ);
        assertThat(datasets.find(STREETS, ContentHash.of(read))).contains(item);
        assertThat(isLocated(datasets.bytes(only("kept").image()))).isFalse();
        assertThat(datasets.verify(STREETS, IngestProgress.SILENT).isIntact()).isTrue();
    }

    @Test
    void shouldForgetAnImageInAllItsForms() {
        add(STREETS, AddOptions.DEFAULT, Optional.empty());
        add("kept", KEEP, Optional.empty());

        List<ContentHash> forgotten = new ArrayList<>();
        datasets.forget(List.of(FILE_HASH), "ada", "asked by the person in it")
                .forEach(each -> forgotten.add(each.tombstone().image()));

        assertThat(forgotten).hasSize(2).contains(FILE_HASH);
        assertThat(datasets.page(STREETS, ItemFilter.ALL, 0, 10)).isEmpty();
        assertThat(datasets.page("kept", ItemFilter.ALL, 0, 10)).isEmpty();
        for (AddOptions options : List.of(AddOptions.DEFAULT, KEEP)) {
            assertThat(add(STREETS, options, Optional.empty()).refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.message()).contains("forgotten on request"));
        }
    }
}
