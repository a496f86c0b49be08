package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.Ingest.Ingested;
import dev.fovea.datasets.IngestReport.Member;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.quality.QualityFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

    @TempDir
    Path root;

    private SampleFolder folder;

    @BeforeEach
    void open() {
        folder = new SampleFolder(root);
    }

    @Test
    void shouldListEveryImageOfAFlatTree() {
        folder.image("a/1.jpg", 1).image("a/2.jpg", 2).image("b/3.jpg", 3).image("b/deep/er/4.jpg", 4);

        Ingested ingested = ingest();

        assertThat(ingested.version().labels()).containsExactly("a", "b");
        assertThat(ingested.version().items())
                .extracting(DatasetVersion.Item::split)
                .containsOnly(Split.UNASSIGNED);
        assertThat(ingested.report().counts().balance())
                .isEqualTo(Map.of("a", Map.of("unassigned", 2), "b", Map.of("unassigned", 2)));
        assertThat(ingested.report().counts().kept()).isEqualTo(4);
    }

    @Test
    void shouldKnowTheUsualNamesOfSplitFolders() {
        folder.image("train/a/1.jpg", 1).image("train/a/2.jpg", 2).image("train/b/3.jpg", 3);
        folder.image("train/b/4.jpg", 4).image("valid/a/5.jpg", 5).image("Test/b/6.jpg", 6);

        DatasetVersion version = ingest().version();

        assertThat(version.on(Split.TRAIN)).hasSize(4);
        assertThat(version.on(Split.VALIDATION))
                .extracting(DatasetVersion.Item::path)
                .containsExactly("valid/a/5.jpg");
        assertThat(version.on(Split.TEST)).extracting(DatasetVersion.Item::path).containsExactly("Test/b/6.jpg");
    }

    @Test
    void shouldReadClassNamedTestWithoutTrainFolder() {
        folder.image("test/1.jpg", 1)
                .image("test/2.jpg", 2)
                .image("real/3.jpg", 3)
                .image("real/4.jpg", 4);

        assertThat(ingest().version().labels()).containsExactly("real", "test");
    }

    @Test
    void shouldReportNonImagesAndContinue() {
        twoClasses();
        folder.file("a/notes.txt", bytes("hello"))
                .file("a/.DS_Store", bytes("x"))
                .file("readme.md", bytes("x"));
        folder.file(".git/a/config", bytes("x")).file("b/Thumbs.db", bytes("x"));

        IngestReport report = ingest().report();

        assertThat(report.files().skipped())
                .extracting(SkippedFile::path)
                .containsExactly(".git", "a/.DS_Store", "a/notes.txt", "b/Thumbs.db", "readme.md");
        assertThat(report.counts().kept()).isEqualTo(4);
    }

    @Test
    void shouldRefuseEachBadFileWithItsCode() {
        twoClasses();
        byte[] whole = SampleFolder.fabric(9);
        folder.file("a/text.jpg", bytes("not an image at all")).file("b/empty.png", new byte[0]);
        folder.file("b/half.jpg", Arrays.copyOf(whole, whole.length / 2));

        IngestReport report = ingest().report();

        assertThat(report.files().refused())
                .extracting(IngestReport.Refusal::path)
                .containsExactly("a/text.jpg", "b/empty.png", "b/half.jpg");
        assertThat(report.files().refused().getFirst().code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
        assertThat(report.files().refused().getLast().code()).isEqualTo(ErrorCode.IMAGE_CORRUPT);
    }

    @Test
    void shouldRefuseAFilePastTheLimitWithoutReadingIt() {
        twoClasses();
        folder.file("a/huge.jpg", new byte[2_000_000]);

        IngestReport report = new Ingest(new ImageLimits(1_000_000, 1_000_000), 2)
                .run(root, IngestProgress.SILENT)
                .report();

        assertThat(report.files().refused())
                .extracting(IngestReport.Refusal::code)
                .containsExactly(ErrorCode.IMAGE_FILE_TOO_LARGE);
    }

    @Test
    void shouldDetectTheFormatByContent() {
        twoClasses();
        folder.image("a/wrong.png", 7).image("b/none", 8);

        IngestReport report = ingest().report();

        assertThat(report.files().wrongExtensions())
                .containsExactly(
                        new IngestReport.WrongExtension("a/wrong.png", ImageFormat.JPEG),
                        new IngestReport.WrongExtension("b/none", ImageFormat.JPEG));
        assertThat(report.counts().kept()).isEqualTo(6);
    }

    @Test
    void shouldDropBothCopiesWhenTheirLabelsContradictEachOther() {
        twoClasses();
        folder.image("a/same.jpg", 9).image("b/same.jpg", 9);

        Ingested ingested = ingest();

        assertThat(ingested.report().duplicates().conflicts())
                .singleElement()
                .satisfies(group -> assertThat(group.members())
                        .containsExactly(
                                new Member("a/same.jpg", "a", "unassigned"),
                                new Member("b/same.jpg", "b", "unassigned")));
        assertThat(ingested.version().items())
                .extracting(DatasetVersion.Item::path)
                .doesNotContain("a/same.jpg", "b/same.jpg");
    }

    @Test
    void shouldNotMatchImagesOfOneColour() {
        twoClasses();
        folder.file("a/red.png", SolidPng.of(200, 10, 10)).file("b/blue.png", SolidPng.of(10, 10, 200));

        assertThat(ingest().report().duplicates().near()).isEmpty();
    }

    @Test
    void shouldFlagDarkAndTinyImages() {
        twoClasses();
        folder.file("a/black.png", SolidPng.of(3, 3, 3));

        IngestReport report = ingest().report();

        assertThat(report.quality().of(QualityFlag.DARK))
                .extracting(IngestReport.Measured::path)
                .containsExactly("a/black.png");
        assertThat(report.quality().of(QualityFlag.LOW_INFORMATION))
                .containsExactly(new IngestReport.Measured("a/black.png", 0));
        assertThat(report.quality().of(QualityFlag.TINY)).containsExactly(new IngestReport.Measured("a/black.png", 8));
        assertThat(report.quality().of(QualityFlag.BLURRED))
                .extracting(IngestReport.Measured::path)
                .containsExactly("a/black.png");
    }

    @Test
    void shouldHaveIdIndependentOfFileNames(@TempDir Path other) {
        twoClasses();
        new SampleFolder(other)
                .image("a/zz.jpg", 2)
                .image("a/ÿ ñ 図.jpg", 1)
                .image("b/x/y.jpeg", 4)
                .image("b/1.jpg", 3);

        String id = ingest().version().id();

        assertThat(new Ingest(ImageLimits.DEFAULT)
                        .run(other, IngestProgress.SILENT)
                        .version()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void shouldReadUnicodeNamesAndSpaces() {
        folder.image("größe eins/naïve café.jpg", 1).image("größe eins/2.jpg", 2);
        folder.image("穴/写真 その一.jpg", 3).image("穴/4.jpg", 4);

        assertThat(ingest().version().labels()).containsExactly("größe eins", "穴");
    }

    @Test
    void shouldNoticeALinkThatLeadsBackUp() throws IOException {
        twoClasses();
        Files.createSymbolicLink(root.resolve("a/loop"), root);

        IngestReport report = ingest().report();

        assertThat(report.files().skipped())
                .anySatisfy(skipped -> assertThat(skipped.reason()).contains("link back"));
    }

    @Test
    void shouldReadTenThousandFilesOfOneFolder() {
        twoClasses();
        for (int i = 0; i < 10_000; i++) {
            folder.file("a/%05d.png".formatted(i), bytes("broken"));
        }

        assertThat(ingest().report().files().refused()).hasSize(10_000);
    }

    @Test
    void shouldCountProgressUpToTheNumberOfFiles() {
        twoClasses();
        List<String> seen = new ArrayList<>();

        new Ingest(ImageLimits.DEFAULT).run(root, (done, total) -> seen.add(done + "/" + total));

        assertThat(seen).containsExactly("1/4", "2/4", "3/4", "4/4");
    }

    @Test
    void shouldStopWhenInterrupted() {
        twoClasses();
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::ingest)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRefuseAFolderThatIsNotThere() {
        assertInvalid(
                () -> new Ingest(ImageLimits.DEFAULT).run(root.resolve("nowhere"), IngestProgress.SILENT),
                "nowhere",
                "does not exist");
    }

    @Test
    void shouldRefuseAFileInPlaceOfAFolder() {
        folder.image("a.jpg", 1);

        assertInvalid(
                () -> new Ingest(ImageLimits.DEFAULT).run(root.resolve("a.jpg"), IngestProgress.SILENT),
                "a.jpg",
                "is a file");
    }

    @Test
    void shouldRejectAClassWithoutTrainingImages() {
        folder.image("train/a/1.jpg", 1).image("train/a/2.jpg", 2).image("test/b/3.jpg", 3);

        assertInvalid(this::ingest, "class b", "0 usable images to train from");
    }

    @Test
    void shouldDropANearDuplicateOfATestImageFromTheTrainingSplit() {
        folder.image("train/a/1.jpg", 1).image("train/a/2.jpg", 2).image("train/b/3.jpg", 3);
        folder.image("train/b/4.jpg", 4).image("test/a/5.jpg", 5);
        folder.file("train/b/5-again.jpg", savedAgain(SampleFolder.fabric(5)));

        Ingested ingested = ingest();

        assertThat(ingested.report().duplicates().leaks())
                .containsExactly(new IngestReport.Leak(
                        new Member("train/b/5-again.jpg", "b", "train"),
                        new Member("test/a/5.jpg", "a", "test"),
                        false));
        assertThat(ingested.report().warnings())
                .anySatisfy(warning -> assertThat(warning).contains("near-duplicates"));
        assertThat(ingested.version().on(Split.TRAIN)).hasSize(4);
    }

    @Test
    void shouldRefuseAnEmptyFolder() {
        assertInvalid(this::ingest, root.toString(), "class folders");
    }

    @Test
    void shouldRefuseAnUnreadableClassFolder() throws IOException {
        twoClasses();
        Path closed = root.resolve("b");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.isReadable(closed), "skipped: this user may read everything");
            assertInvalid(this::ingest, closed.toString(), "permissions");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void shouldRefuseOneClassOnly() {
        folder.image("shirts/1.jpg", 1).image("shirts/2.jpg", 2);

        assertInvalid(this::ingest, "shirts", "two or more");
    }

    @Test
    void shouldRefuseAClassWithASingleImage() {
        twoClasses();
        folder.image("lonely/1.jpg", 5);

        assertInvalid(this::ingest, "class lonely", "1 usable image ");
    }

    @Test
    void shouldSayThatImagesOfAClassAreThoseOfAnother() {
        twoClasses();
        folder.image("same/1.jpg", 1).image("same/2.jpg", 2);

        assertInvalid(this::ingest, "a/1.jpg and same/1.jpg are the same image with different labels", "of 2 files");
    }

    @Test
    void shouldRefuseAClassWhoseImagesAreAllCopiesOfOne() {
        twoClasses();
        folder.image("copies/1.jpg", 5).image("copies/2.jpg", 5).image("copies/3.jpg", 5);

        assertInvalid(this::ingest, "class copies", "after deduplication");
    }

    @Test
    void shouldRefuseAFolderInWhichNothingDecodes() {
        folder.file("a/1.jpg", bytes("x")).file("a/2.jpg", bytes("y")).file("b/1.jpg", bytes("z"));

        assertInvalid(this::ingest, "None of the 3 files", "a/1.jpg");
    }

    private void twoClasses() {
        folder.image("a/1.jpg", 1).image("a/2.jpg", 2).image("b/3.jpg", 3).image("b/4.jpg", 4);
    }

    private Ingested ingest() {
        return new Ingest(ImageLimits.DEFAULT).run(root, IngestProgress.SILENT);
    }

    private static void assertInvalid(ThrowingCallable work, String... words) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .message()
                .contains(words);
    }

    private static byte[] savedAgain(byte[] jpeg) {
        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(jpeg)) {
            return new ImageWriter().jpeg(image, 50);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
