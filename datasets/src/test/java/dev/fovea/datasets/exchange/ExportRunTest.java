package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.DrawnDatasets.Content;
import dev.fovea.datasets.exchange.DrawnDatasets.DrawnDataset;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeFeature;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ExportReport;
import dev.fovea.datasets.exchange.model.Loss;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportRunTest {

    private static final ExchangeHeader HEADER = ExchangeHeader.of(ImageTask.DETECTION, List.of("a"));

    @TempDir
    Path folder;

    private static ExchangedImage image(String name, EncodedSource.Stored bytes) {
        return new ExchangedImage(
                bytes,
                name,
                new ImageSize(40, 30),
                Split.TRAIN,
                Optional.of(new ObjectLabels(List.of(new AnnotatedObject("a", new BoxShape(1, 2, 3, 4))))));
    }

    @ParameterizedTest
    @EnumSource(ExchangeFormat.class)
    void shouldLeaveNothingBehindWhenTheDiskIsFull(ExchangeFormat format) {
        byte[] png = DrawnImages.png(40, 30);
        boolean whole = !format.holds(ImageTask.DETECTION) && format.holds(ImageTask.CLASSIFICATION);
        ImageTask task = whole
                ? ImageTask.CLASSIFICATION
                : format == ExchangeFormat.MASKS_PNG ? ImageTask.SEMANTIC_SEGMENTATION : ImageTask.DETECTION;
        List<ExchangedImage> images = Stream.of(image("1.png", () -> png), image("2.png", () -> {
                    throw new IOException("No space left on device");
                }))
                .map(image -> whole ? image.withValue(Optional.of(ClassLabels.of("a"))) : image)
                .toList();

        assertThatThrownBy(() -> AnnotationFormats.write(
                        format, ExchangeHeader.of(task, List.of("a")), images.stream(), folder.resolve("export")))
                .isInstanceOfSatisfying(FoveaException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
                    assertThat(e).hasMessageContaining("failed: No space left on device. Check");
                })
                .hasMessageContainingAll("No space left on device", "Nothing was written");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldNotWriteIntoAFolderThatHasFiles() {
        DrawnImages.write(folder.resolve("export/kept.txt"), "mine");

        assertThatThrownBy(() ->
                        AnnotationFormats.write(ExchangeFormat.COCO, HEADER, Stream.of(), folder.resolve("export")))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        assertThat(folder.resolve("export/kept.txt")).exists();
    }

    @Test
    void shouldListBeforeTheExportWhatAFormatCannotSay() {
        DrawnDataset dataset = DrawnDatasets.objects(folder.resolve("drawn"), Content.EVERYTHING);

        List<Loss> losses = AnnotationFormats.losses(ExchangeFormat.YOLO, dataset.header(), dataset.images().stream());

        assertThat(losses)
                .extracting(Loss::feature)
                .contains(
                        ExchangeFeature.POLYGONS,
                        ExchangeFeature.MASKS,
                        ExchangeFeature.ATTRIBUTES,
                        ExchangeFeature.OCCLUDED,
                        ExchangeFeature.TAGS)
                .doesNotContain(ExchangeFeature.SPLITS, ExchangeFeature.BOXES);
        assertThat(losses.getFirst().sentence(ExchangeFormat.YOLO)).startsWith("YOLO (detect) cannot say ");
    }

    @Test
    void shouldRefuseATaskThatTheFormatCannotHoldAndNameThoseThatCan() {
        assertThatThrownBy(() -> AnnotationFormats.write(
                        ExchangeFormat.COCO,
                        ExchangeHeader.of(ImageTask.CLASSIFICATION, List.of("a")),
                        Stream.of(),
                        folder.resolve("export")))
                .hasMessageContainingAll("COCO JSON cannot hold", "folders, csv");
    }

    @Test
    void shouldWriteUprightPixelsWhereReadersDoNotTurnThem() throws IOException {
        DrawnDataset dataset = DrawnDatasets.objects(folder.resolve("drawn"), Content.BOXES);

        ExportReport coco = AnnotationFormats.write(
                ExchangeFormat.COCO, dataset.header(), dataset.images().stream(), folder.resolve("coco"));
        ExportReport yolo = AnnotationFormats.write(
                ExchangeFormat.YOLO, dataset.header(), dataset.images().stream(), folder.resolve("yolo"));

        assertThat(coco.upright()).isEqualTo(21);
        assertThat(coco.convention()).contains("21 images", "written upright");
        assertThat(yolo.upright()).isZero();
        assertThat(yolo.convention()).contains("as they were", "EXIF");
        byte[] turned = Files.readAllBytes(folder.resolve("coco/images/val/shot 5.jpg"));
        assertThat(new Decoder(ImageLimits.DEFAULT).header(turned))
                .extracting("width", "height", "orientation")
                .containsExactly(48, 69, 1);
    }

    @Test
    void shouldGiveImagesOfOneNameNamesOfTheirOwn() {
        byte[] png = DrawnImages.png(40, 30);
        ExportReport report = AnnotationFormats.write(
                ExchangeFormat.PASCAL_VOC,
                HEADER,
                Stream.of(
                        image("a/1.png", () -> png), image("a_1.PNG", () -> png), image("../../etc/1.png", () -> png)),
                folder.resolve("export"));

        assertThat(report.renamed()).isEqualTo(3);
        assertThat(folder.resolve("export/JPEGImages"))
                .isDirectoryContaining("glob:**/a_1.png")
                .isDirectoryContaining("glob:**/a_1-2.PNG")
                .isDirectoryContaining("glob:**/____etc_1.png");
    }

    @Test
    void shouldDeleteWhatAKilledExportOfTheSameNameLeftBehind() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        long alive = ProcessHandle.current().parent().orElseThrow().pid();
        DrawnImages.write(folder.resolve(".export.partial-%d/images/1.png".formatted(dead.pid())), "half");
        DrawnImages.write(folder.resolve(".export.partial-%d/1.png".formatted(alive)), "being written");
        DrawnImages.write(folder.resolve(".other.partial-%d/1.png".formatted(dead.pid())), "another export");
        DrawnImages.write(folder.resolve(".export.partial-mine/1.png"), "of the user");
        byte[] png = DrawnImages.png(40, 30);

        AnnotationFormats.write(
                ExchangeFormat.COCO, HEADER, Stream.of(image("1.png", () -> png)), folder.resolve("export"));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "export",
                            ".export.partial-" + alive,
                            ".other.partial-" + dead.pid(),
                            ".export.partial-mine");
        }
    }

    @Test
    void shouldNotMixWithTheLeftoverOfAnEarlierProcessOfTheSameId() {
        long own = ProcessHandle.current().pid();
        DrawnImages.write(folder.resolve(".export.partial-%d/images/old.png".formatted(own)), "half");
        byte[] png = DrawnImages.png(40, 30);

        AnnotationFormats.write(
                ExchangeFormat.COCO, HEADER, Stream.of(image("1.png", () -> png)), folder.resolve("export"));

        assertThat(folder.resolve("export/images/train/1.png")).exists();
        assertThat(folder.resolve("export/images/old.png")).doesNotExist();
    }

    @Test
    void shouldSayThatNothingWasWrittenWhenAnImageWasChanged() {
        FoveaException changed = new FoveaException(ErrorCode.IMAGE_CHANGED, "1.png was changed. Restore the file.");

        assertThatThrownBy(() -> AnnotationFormats.write(
                        ExchangeFormat.COCO,
                        HEADER,
                        Stream.of(image("1.png", () -> {
                            throw changed;
                        })),
                        folder.resolve("export")))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_CHANGED))
                .hasMessage("1.png was changed. Restore the file. Nothing was written.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldShortenNamesOfImagesThatNoFileCanHave() {
        byte[] png = DrawnImages.png(40, 30);
        String name = "🪲".repeat(100);

        ExportReport report = AnnotationFormats.write(
                ExchangeFormat.YOLO,
                HEADER,
                Stream.of(image(name + "a.png", () -> png), image(name + "b.png", () -> png)),
                folder.resolve("export"));

        assertThat(report.renamed()).isEqualTo(2);
        assertThat(folder.resolve("export/images/train"))
                .isDirectoryContaining("glob:**/%s.png".formatted("🪲".repeat(59)))
                .isDirectoryContaining("glob:**/%s-2.png".formatted("🪲".repeat(59)));
    }

    @Test
    void shouldRefuseAClassThatIsTooLongForAFolderAndWriteNothing() {
        byte[] png = DrawnImages.png(40, 30);
        String name = "🪲".repeat(100);

        assertThatThrownBy(() -> AnnotationFormats.write(
                        ExchangeFormat.FOLDERS,
                        ExchangeHeader.of(ImageTask.CLASSIFICATION, List.of(name)),
                        Stream.of(image("1.png", () -> png).withValue(Optional.of(ClassLabels.of(name)))),
                        folder.resolve("export")))
                .hasMessageContainingAll("400 bytes", "at most 255", "use csv", "Nothing was written");
        assertThat(folder).isEmptyDirectory();
    }
}
