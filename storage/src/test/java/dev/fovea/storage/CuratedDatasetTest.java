package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.curation.VersionDiff;
import dev.fovea.datasets.curation.VersionDiff.ChangeKind;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.metadata.ImageTags;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class CuratedDatasetTest {

    private static final String SHIRTS = "shirts";

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private Datasets datasets;

    @BeforeEach
    void open() {
        settings = pair.in(directory.resolve("home"));
        home = Home.open(settings, "0.1.0");
        datasets = datasets(home);
        datasets.create(SHIRTS, ImageTask.CLASSIFICATION, List.of(ClassDefinition.named("none")), "ada");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static Datasets datasets(Home home) {
        return new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                new Datasets.Learners() {
                    @Override
                    public List<String> of(ContentHash image) {
                        return List.of("shirts:3");
                    }

                    @Override
                    public void deleteCopies() {
                        home.leftovers().remove();
                    }
                },
                ImageLimits.DEFAULT,
                Clock.systemUTC());
    }

    @Test
    void shouldGiveEqualContentAnEqualIdWhereverItIsMade() {
        add(SHIRTS, images(40, "hole"));
        add(SHIRTS, images(40, "none").subList(20, 40));
        String id = datasets.versions().commit(SHIRTS, "first", "ada").id();
        datasets.create("other", ImageTask.CLASSIFICATION, List.of(ClassDefinition.named("none")), "bob");
        List<IncomingImage> reversed = new ArrayList<>(images(40, "hole").subList(0, 20)).reversed();
        List<IncomingImage> wrong = images(40, "hole").subList(20, 40);
        add("other", wrong);
        datasets.versions().commit("other", "on the way", "bob");
        add("other", reversed);
        add("other", images(40, "none").subList(20, 40));
        assertThat(datasets.versions().commit("other", "second", "bob").id()).isEqualTo(id);
        assertThat(datasets.versions().commit("other", "nothing changed", "bob").number())
                .isEqualTo(2);
    }

    @Test
    void shouldSayHowVersionsDiffer() {
        add(SHIRTS, images(30, "hole"));
        SavedVersion first = datasets.versions().commit(SHIRTS, "first", "ada");
        List<ContentHash> hashes = hashes();
        datasets.annotate(SHIRTS, hashes.get(0), label("ada", "none"), true);
        datasets.change(SHIRTS, hashes.subList(1, 3), ItemChange.to(Split.TEST));
        datasets.change(SHIRTS, hashes.subList(3, 7), ItemChange.removal());
        add(SHIRTS, images(32, "none").subList(30, 32));
        SavedVersion second = datasets.versions().commit(SHIRTS, "second", "ada");
        VersionDiff diff = datasets.versions().diff(first, second, 3);
        assertThat(diff.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ChangeKind.ADDED, 2, ChangeKind.REMOVED, 4, ChangeKind.RELABELLED, 1, ChangeKind.MOVED, 2));
        assertThat(diff.classes().get("none"))
                .containsEntry(ChangeKind.ADDED, 2)
                .containsEntry(ChangeKind.RELABELLED, 1);
        assertThat(diff.changes()).hasSize(3);
        assertThat(second.items()).isEqualTo(28);
        assertThat(states(first))
                .hasSize(30)
                .allSatisfy((hash, label) -> assertThat(label).isEqualTo("hole"));
        assertThat(states(second)).hasSize(28);
    }

    @Test
    void shouldAddAnImageOnceAndGoOnAfterABadOne() throws IOException {
        List<IncomingImage> incoming = new ArrayList<>(images(10, "hole"));
        incoming.add(incoming("broken.png", "PNG?".getBytes(StandardCharsets.UTF_8), "hole"));
        incoming.addAll(images(10, "hole").subList(0, 5));
        AddReport report = add(SHIRTS, incoming);
        assertThat(report.counts().added()).isEqualTo(10);
        assertThat(report.counts().repeated()).isEqualTo(5);
        assertThat(report.newClasses()).containsExactly("hole");
        assertThat(report.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.source()).isEqualTo("broken.png");
            assertThat(refused.code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
        });
        assertThat(datasets.summary(SHIRTS).items()).isEqualTo(10);
        DatasetItem item = datasets.page(SHIRTS, ItemFilter.ALL, 0, 1).getFirst();
        assertThat(datasets.bytes(item.image()))
                .isEqualTo(images(1, "hole").getFirst().bytes().read());
    }

    @Test
    void shouldFindImagesByTheFirstDigitsOfTheirHashes() {
        add(SHIRTS, images(40, "hole"));
        for (ContentHash hash : hashes()) {
            String digits = hash.toString();
            assertThat(datasets.startingWith(SHIRTS, digits, 2)).containsExactly(hash);
            assertThat(datasets.startingWith(SHIRTS, digits.substring(0, 1), 40))
                    .contains(hash)
                    .isSorted()
                    .allSatisfy(found -> assertThat(found.toString()).startsWith(digits.substring(0, 1)));
        }
        ContentHash removed = hashes().getFirst();
        datasets.change(SHIRTS, List.of(removed), ItemChange.removal());
        assertThat(datasets.startingWith(SHIRTS, removed.toString(), 2)).isEmpty();
    }

    @Test
    void shouldKeepEveryAnnotationAndOneInForce() {
        add(SHIRTS, images(1, "hole"));
        ContentHash image = hashes().getFirst();
        NewAnnotation mine = new NewAnnotation(
                "ada",
                ClassLabels.of("none"),
                Optional.of(1200L),
                Optional.of(new NewAnnotation.Prefill(ClassLabels.of("hole"), "shirts:3")),
                Optional.of("4fd1"));
        ItemAnnotation once = datasets.annotate(SHIRTS, image, mine, true);
        assertThat(datasets.annotate(SHIRTS, image, mine, true)).isEqualTo(once);
        NewAnnotation other =
                new NewAnnotation("ada", ClassLabels.of("hole"), Optional.empty(), Optional.empty(), mine.clientId());
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.annotate(SHIRTS, image, other, true))
                .withMessageContaining("\"4fd1\" was sent before with another annotation")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        datasets.annotate(SHIRTS, image, label("bob", "hole"), false);
        DatasetItem item = datasets.item(SHIRTS, image);
        assertThat(item.label().map(ItemAnnotation::content)).contains(mine);
        assertThat(datasets.annotations(item))
                .extracting(annotation -> annotation.content().annotator())
                .containsExactly("import", "ada", "bob");
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.annotate(SHIRTS, image, label("ada", "whole"), true))
                .withMessageContaining("no class \"whole\"; it has none, hole");
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.annotate(SHIRTS, image, label(" ", "hole"), true))
                .withMessageContaining("annotator");
    }

    @Test
    void shouldFilterByTagsPageByPage() {
        add(SHIRTS, tagged(images(60, "hole"), "camera", "3"));
        add(SHIRTS, tagged(images(100, "none").subList(60, 100), "camera", "4"));
        datasets.change(
                SHIRTS,
                hashes().subList(50, 70),
                new ItemChange(tag("line", "A"), Optional.empty(), Optional.empty(), false));
        ItemFilter both = ItemFilter.parse(List.of("camera=3", "line=A", "class=hole"));
        List<DatasetItem> first = datasets.page(SHIRTS, both, 0, 7);
        List<DatasetItem> rest = datasets.page(SHIRTS, both, first.getLast().id(), 100);
        assertThat(first).hasSize(7);
        assertThat(rest).hasSize(3);
        assertThat(home.items().tags(datasets.dataset(SHIRTS).id()).get("line")).containsEntry("A", 20L);
        assertThat(home.items().tags(datasets.dataset(SHIRTS).id()).get("labelled"))
                .containsEntry("yes", 100L);
    }

    @Test
    void shouldForgetAnImageEverywhere() {
        add(SHIRTS, images(20, "hole"));
        ContentHash image = hashes().getFirst();
        datasets.change(
                SHIRTS,
                List.of(image),
                new ItemChange(tag("customer", "Erika Mustermann"), Optional.empty(), Optional.empty(), false));
        SavedVersion version = datasets.versions().commit(SHIRTS, "first", "ada");
        DatasetItem item = datasets.page(SHIRTS, ItemFilter.ALL, 0, 1).getFirst();
        byte[] bytes = datasets.bytes(item.image());
        DatasetVersion trained = DamagedRowsTest.dataset();
        DatasetVersion.Item learned = trained.items().getFirst();
        DatasetVersion renamed = DatasetVersion.of(List.of(
                new DatasetVersion.Item(
                        image.toString(),
                        learned.label(),
                        learned.split(),
                        "person/Erika Mustermann.jpg",
                        learned.width(),
                        learned.height(),
                        learned.format(),
                        learned.perceptualHash()),
                trained.items().getLast()));
        home.datasets().save(renamed, DamagedRowsTest.report(renamed));
        assertThat(datasets.forget(List.of(image), "ada", "asked by the person in it"))
                .singleElement()
                .satisfies(each -> assertThat(each.tombstone().models()).containsExactly("shirts:3"));
        assertThat(states(version)).hasSize(19).doesNotContainKey(image);
        assertThat(datasets.verify(SHIRTS, IngestProgress.SILENT).faults()).isEmpty();
        assertThat(datasets.versions().version(SHIRTS, version.id().substring(0, 8)))
                .isEqualTo(version);
        assertThat(filesWith(bytes)).isEmpty();
        DatasetVersion record = home.datasets().find(renamed.id()).orElseThrow();
        assertThat(record.items()).containsExactly(trained.items().getLast());
        assertThat(record.forgotten()).containsExactly(image.toString());
        assertThat(home.datasets().report(renamed.id()).orElseThrow()).doesNotContain("Mustermann");
        assertThat(add(SHIRTS, images(1, "hole")).refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.message()).contains("forgotten on request"));
        SavedVersion second = datasets.versions().commit(SHIRTS, "second", "ada");
        assertThat(datasets.versions().diff(version, second, 10).counts())
                .containsExactly(Map.entry(ChangeKind.REMOVED, 1));
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.item(SHIRTS, image))
                .withMessageContaining("was forgotten on request");
        home.close();
        Path database = settings.root().resolve("fovea.db");
        if (Files.exists(database)) {
            assertThat(read(database)).contains("shirts").doesNotContain("Mustermann");
        }
    }

    private List<Path> filesWith(byte[] image) {
        try (Stream<Path> files = Files.walk(pair.files(settings))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("blobs"))
                    .filter(file -> read(file).contains(new String(image, StandardCharsets.ISO_8859_1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayWhichFileInPlaceWasChanged() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("photos"));
        List<IncomingImage> incoming = new ArrayList<>();
        for (IncomingImage image : images(3, "hole")) {
            Path file =
                    Files.write(folder.resolve(image.source()), image.bytes().read());
            incoming.add(new IncomingImage(
                    image.source(),
                    () -> Files.readAllBytes(file),
                    Optional.of(file),
                    image.split(),
                    Optional.empty(),
                    image.tags(),
                    image.label()));
        }
        datasets.add(
                SHIRTS,
                incoming,
                new AddOptions(true, ImageTags.Location.DROP, new TreeMap<>()),
                IngestProgress.SILENT);
        assertThat(datasets.verify(SHIRTS, IngestProgress.SILENT).isIntact()).isTrue();
        Files.delete(folder.resolve("1.png"));
        Files.write(folder.resolve("2.png"), Files.readAllBytes(folder.resolve("0.png")));
        assertThat(datasets.verify(SHIRTS, IngestProgress.SILENT).faults())
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("1.png").contains("cannot be read"))
                .anySatisfy(fault -> assertThat(fault).contains("2.png").contains("was changed"));
    }

    @Test
    void shouldSplitByClassWithGroupsTogether() {
        List<IncomingImage> incoming = new ArrayList<>();
        for (IncomingImage image : images(100, "hole")) {
            incoming.add(new IncomingImage(
                    image.source(),
                    image.bytes(),
                    image.file(),
                    image.split(),
                    Optional.of("object " + incoming.size() / 5),
                    image.tags(),
                    image.label()));
        }
        add(SHIRTS, incoming);
        assertThat(datasets.split(SHIRTS, Fractions.parse("60/20/20"), 1, false))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Split.TRAIN, 60, Split.VALIDATION, 20, Split.TEST, 20));
        Map<String, Set<Split>> splits = new TreeMap<>();
        datasets.forEach(
                SHIRTS,
                ItemFilter.ALL,
                item -> splits.computeIfAbsent(item.group().orElseThrow(), _ -> new HashSet<>())
                        .add(item.split()));
        assertThat(splits)
                .hasSize(20)
                .allSatisfy((group, sides) -> assertThat(sides).hasSize(1));
        assertThat(datasets.split(SHIRTS, Fractions.parse("60/20/20"), 1, false))
                .isEmpty();
    }

    @Test
    void shouldRenameAClassInUseAndRefuseToLeaveItOut() {
        add(SHIRTS, images(5, "hole"));
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.classes(SHIRTS, List.of(ClassDefinition.named("none"))))
                .withMessageContaining("\"hole\" labels 5 images");
        assertThat(datasets.renameClass(SHIRTS, "hole", "tear, \"open\" 🧵", "ada"))
                .isEqualTo(5);
        assertThat(datasets.dataset(SHIRTS).labels()).containsExactly("none", "tear, \"open\" 🧵");
        assertThat(datasets.page(SHIRTS, ItemFilter.parse(List.of("class=tear, \"open\" 🧵")), 0, 9))
                .hasSize(5);
        assertThat(datasets.page(SHIRTS, ItemFilter.parse(List.of("class=hole")), 0, 9))
                .isEmpty();
    }

    @Test
    void shouldRefuseObjectsOutsideTheirImage() {
        datasets.create("parts", ImageTask.DETECTION, List.of(ClassDefinition.named("screw")), "ada");
        AnnotationValue inside = new ObjectLabels(List.of(new AnnotatedObject("screw", new BoxShape(2, 2, 10, 10))));
        IncomingImage plain = images(1, "hole").getFirst();
        add(
                "parts",
                List.of(new IncomingImage(
                        plain.source(),
                        plain.bytes(),
                        plain.file(),
                        Split.TRAIN,
                        Optional.empty(),
                        plain.tags(),
                        Optional.of(inside))));
        ContentHash image =
                datasets.page("parts", ItemFilter.ALL, 0, 1).getFirst().image().hash();
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> datasets.annotate(
                        "parts",
                        image,
                        NewAnnotation.imported(
                                new ObjectLabels(List.of(new AnnotatedObject("screw", new BoxShape(20, 20, 30, 4))))),
                        true))
                .withMessageContaining("Object 1 (\"screw\") is not inside its image of 32×24 pixels");
    }

    @Test
    void shouldBeCopiedWithTheHome() {
        add(SHIRTS, images(12, "hole"));
        SavedVersion version = datasets.versions().commit(SHIRTS, "first", "ada");
        HomeSettings target = HomeSettings.in(directory.resolve("copy"));
        try (Home copy = Home.open(target, "0.1.0")) {
            new HomeCopy(home, copy, (done, of) -> {}).run();
            Datasets copied = datasets(copy);
            assertThat(copied.verify(SHIRTS, IngestProgress.SILENT).isIntact()).isTrue();
            assertThat(copied.versions().log(SHIRTS)).containsExactly(version);
        }
    }

    private AddReport add(String name, List<IncomingImage> images) {
        return datasets.add(name, images, AddOptions.DEFAULT, IngestProgress.SILENT);
    }

    private List<ContentHash> hashes() {
        List<ContentHash> hashes = new ArrayList<>();
        datasets.forEach(SHIRTS, ItemFilter.ALL, item -> hashes.add(item.image().hash()));
        return hashes;
    }

    private Map<ContentHash, String> states(SavedVersion version) {
        Map<ContentHash, String> labels = new TreeMap<>();
        datasets.versions()
                .forEach(
                        SHIRTS,
                        version,
                        item -> labels.put(
                                item.image().hash(),
                                item.state().label().orElseThrow().classes().getFirst()));
        return labels;
    }

    private static NewAnnotation label(String annotator, String name) {
        return new NewAnnotation(annotator, ClassLabels.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static TreeMap<String, Optional<String>> tag(String name, String value) {
        return new TreeMap<>(Map.of(name, Optional.of(value)));
    }

    private static List<IncomingImage> tagged(List<IncomingImage> images, String name, String value) {
        return images.stream()
                .map(image -> image.with(new TreeMap<>(Map.of(name, value))))
                .toList();
    }

    /** Noise, so that no two are near duplicates; image {@code i} is always the same. */
    private static List<IncomingImage> images(int count, String label) {
        return IntStream.range(0, count)
                .mapToObj(i -> incoming(i + ".png", png(i), label))
                .toList();
    }

    private static IncomingImage incoming(String name, byte[] bytes, String label) {
        return new IncomingImage(
                name,
                () -> bytes,
                Optional.empty(),
                Split.UNASSIGNED,
                Optional.empty(),
                new TreeMap<>(),
                Optional.of(ClassLabels.of(label)));
    }

    private static byte[] png(int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
