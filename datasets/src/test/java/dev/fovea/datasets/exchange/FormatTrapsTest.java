package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadFinding;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Annotations that are wrong as a whole are refused with the remedy; single ones are left out and the rest is read. */
class FormatTrapsTest {

    private static final int IMAGES = 8;

    @TempDir
    Path folder;

    @BeforeEach
    void drawImages() {
        for (int i = 0; i < IMAGES; i++) {
            DrawnImages.write(folder.resolve("images/%d.png".formatted(i)), DrawnImages.png(100, 80));
        }
    }

    private List<ExchangedImage> read(ReadOptions options, List<ReadFinding> findings) {
        ExchangeReading reading = AnnotationFormats.read(folder, options);
        List<ExchangedImage> images;
        try (Stream<ExchangedImage> stream = reading.images()) {
            images = stream.toList();
        }
        findings.addAll(reading.findings());
        return images;
    }

    private List<AnnotatedObject> objects(ReadOptions options) {
        return objects(read(options, new ArrayList<>()));
    }

    private static List<AnnotatedObject> objects(List<ExchangedImage> images) {
        return images.stream()
                .flatMap(image -> image.value().stream())
                .flatMap(value -> ((ObjectLabels) value).objects().stream())
                .toList();
    }

    static List<ExchangeFormat> shouldPassOverNoImageInSilence() {
        return ExchangeFormat.holding(ImageTask.DETECTION);
    }

    @ParameterizedTest
    @MethodSource
    void shouldPassOverNoImageInSilence(ExchangeFormat format) throws IOException {
        coco("xywh");
        ExchangeReading drawn = AnnotationFormats.read(folder, ReadOptions.DEFAULT);
        Path copy = folder.resolve("copy");
        try (Stream<ExchangedImage> images = drawn.images()) {
            AnnotationFormats.write(format, drawn.header(), images, copy);
        }
        Path image;
        try (Stream<Path> files = Files.walk(copy)) {
            image = files.filter(file -> file.toString().endsWith(".png"))
                    .findFirst()
                    .orElseThrow();
        }
        DrawnImages.write(image.resolveSibling("stray.png"), DrawnImages.png(90, 80));

        ExchangeReading reading = AnnotationFormats.read(copy, ReadOptions.DEFAULT);
        long read;
        try (Stream<ExchangedImage> images = reading.images()) {
            read = images.toList().size();
        }

        long named = reading.findings().stream()
                .filter(finding -> finding.sentence().contains("stray.png"))
                .mapToLong(ReadFinding::count)
                .sum();
        assertThat(read + named).isEqualTo(IMAGES + 1);
    }

    private void assertRefused(ErrorCode code, String... words) {
        assertThatThrownBy(() -> AnnotationFormats.read(folder, ReadOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(words)
                .hasMessageContaining("Nothing was imported");
    }

    /** One box of each image of 100×80 pixels: 40 + i, 30, 50, 40. */
    private void coco(String form) {
        String images = IntStream.range(0, IMAGES)
                .mapToObj("{\"id\":%1$d,\"file_name\":\"%1$d.png\",\"width\":100,\"height\":80}"::formatted)
                .collect(Collectors.joining(",\n"));
        String annotations = IntStream.range(0, IMAGES)
                .mapToObj(i -> "{\"id\":%1$d,\"image_id\":%1$d,\"category_id\":%2$d,\"bbox\":%3$s}"
                        .formatted(i, i % 3 + 1, box(form, 40 + i, 30, 50, 40)))
                .collect(Collectors.joining(",\n"));
        document(images, annotations, "{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"},{\"id\":3,\"name\":\"c\"}");
    }

    private void document(String images, String annotations, String categories) {
        DrawnImages.write(
                folder.resolve("annotations/instances.json"),
                "{\"images\":[%s],\n\"annotations\":[\n%s],\n\"categories\":[%s]}"
                        .formatted(images, annotations, categories));
    }

    private static String box(String form, double x, double y, double w, double h) {
        double[] n = switch (form) {
            case "xyxy" -> new double[] {x, y, x + w, y + h};
            case "cxcywh" -> new double[] {x + w / 2, y + h / 2, w, h};
            case "shares" -> new double[] {x / 100, y / 80, w / 100, h / 80};
            default -> new double[] {x, y, w, h};
        };
        return String.format(Locale.ROOT, "[%s,%s,%s,%s]", n[0], n[1], n[2], n[3]);
    }

    private void yolo(int firstClass, double scaleX, double scaleY) {
        for (int i = 0; i < IMAGES; i++) {
            DrawnImages.write(
                    folder.resolve("labels/%d.txt".formatted(i)),
                    String.format(
                            Locale.ROOT,
                            "%d %s %s %s %s\n",
                            i % 3 + firstClass,
                            0.65 * scaleX,
                            0.625 * scaleY,
                            0.5 * scaleX,
                            0.5 * scaleY));
        }
        DrawnImages.write(folder.resolve("data.yaml"), "names: [a, b, c]\n");
    }

    @ParameterizedTest
    @CsvSource({"xyxy,boxes=xyxy", "cxcywh,boxes=cxcywh", "shares,pixels=false"})
    void shouldTellByTheStatisticsThatBoxesAreLikelyMeantAnotherWay(String form, String option) {
        coco(form);

        assertRefused(
                ErrorCode.ANNOTATION_INVALID,
                "Of the first 8 boxes",
                "likely what is meant",
                "line 10 of",
                "instances.json",
                "--" + option);
        ReadOptions remedy = form.equals("shares")
                ? ReadOptions.DEFAULT.withPixels(false)
                : ReadOptions.DEFAULT.withBoxes(BoxReading.valueOf(form.toUpperCase(Locale.ROOT)));
        assertThat(((BoxShape) objects(remedy).get(3).shape()).x()).isBetween(42.999, 43.001);
        assertThat(objects(remedy)).hasSize(IMAGES);
    }

    @Test
    void shouldReadBoxesThatMeanWhatTheFormatSays() {
        coco("xywh");

        assertThat(objects(ReadOptions.DEFAULT).get(3).shape()).isEqualTo(new BoxShape(43, 30, 50, 40));
    }

    @Test
    void shouldTellThatSharesArePixels() {
        yolo(0, 100, 80);

        assertRefused(ErrorCode.ANNOTATION_INVALID, "labels/0.txt", "line 1", "--pixels=true");
        assertThat(objects(ReadOptions.DEFAULT.withPixels(true)).getFirst().shape())
                .isEqualTo(new BoxShape(40, 30, 50, 40));
    }

    @Test
    void shouldTellThatClassNumbersCountFromOne() {
        yolo(1, 1, 1);

        assertRefused(ErrorCode.ANNOTATION_INVALID, "labels/2.txt", "class 3", "0 to 2", "class-shift=-1");
        assertThat(objects(ReadOptions.DEFAULT.withClassShift(-1)))
                .extracting(AnnotatedObject::name)
                .startsWith("a", "b", "c");
    }

    @Test
    void shouldTellThatCategoriesCountFromZero() {
        coco("xywh");
        document(
                "{\"id\":1,\"file_name\":\"0.png\"}",
                "{\"id\":1,\"image_id\":1,\"category_id\":3,\"bbox\":[1,1,9,9]}",
                "{\"id\":0,\"name\":\"a\"},{\"id\":1,\"name\":\"b\"},{\"id\":2,\"name\":\"c\"}");

        assertRefused(ErrorCode.ANNOTATION_INVALID, "line 3 of", "class 3", "0 to 2", "class-shift=-1");
        assertThat(objects(ReadOptions.DEFAULT.withClassShift(-1)).getFirst().name())
                .isEqualTo("c");
    }

    @Test
    void shouldOfferToRescaleBoxesOfImagesOfAnotherSize() {
        for (int i = 0; i < IMAGES; i++) {
            DrawnImages.write(folder.resolve("annotations/%d.xml".formatted(i)), """
                    <annotation><filename>%d.png</filename><size><width>50</width><height>40</height></size>
                    <object><name>dent</name><bndbox><xmin>5</xmin><ymin>6</ymin><xmax>15</xmax><ymax>26</ymax></bndbox></object>
                    </annotation>""".formatted(i));
        }

        assertRefused(ErrorCode.DATASET_INVALID, "0.xml", "50×40", "0.png", "100×80", "8 of the first 8", "--rescale");
        List<ReadFinding> findings = new ArrayList<>();
        assertThat(objects(read(ReadOptions.DEFAULT.withRescale(), findings))
                        .getFirst()
                        .shape())
                .isEqualTo(new BoxShape(10, 12, 20, 40));
        assertThat(findings).extracting(ReadFinding::fault).containsExactly(ReadFault.RESCALED);
    }

    @Test
    void shouldLeaveOutSingleObjectsThatAreWrongAndReadTheRest() {
        String images = IntStream.range(0, IMAGES)
                .mapToObj("{\"id\":%1$d,\"file_name\":\"%1$d.png\",\"width\":100,\"height\":80}"::formatted)
                .collect(Collectors.joining(","));
        String good = IntStream.range(0, 40)
                .mapToObj(i ->
                        "{\"id\":%d,\"image_id\":%d,\"category_id\":1,\"bbox\":[10,10,20,20]}".formatted(i, i % IMAGES))
                .collect(Collectors.joining(",\n"));
        String bad = """
                ,
                {"id":100,"image_id":0,"category_id":1,"bbox":[NaN,10,20,20]},
                {"id":101,"image_id":0,"category_id":1,"bbox":[1e400,10,20,20]},
                {"id":102,"image_id":0,"category_id":1,"segmentation":[[1,1,5,5]]},
                {"id":103,"image_id":0,"category_id":1,"bbox":[500,10,20,20]},
                {"id":104,"image_id":0,"category_id":1,"bbox":[10,10,0,20]},
                {"id":105,"image_id":0,"category_id":9,"bbox":[10,10,20,20]},
                {"id":5,"image_id":0,"category_id":1,"bbox":[10,10,20,20]},
                {"id":107,"image_id":77,"category_id":1,"bbox":[10,10,20,20]},
                {"id":108,"image_id":1,"category_id":1,"segmentation":[[10,10,50,50,50,10,10,50]]},
                {"id":109,"image_id":1,"category_id":1,"bbox":[90,10,12,20]}
                """;
        document(images, good + bad, "{\"id\":1,\"name\":\"a\"}");
        List<ReadFinding> findings = new ArrayList<>();

        List<AnnotatedObject> objects = objects(read(ReadOptions.DEFAULT, findings));

        assertThat(objects).hasSize(43);
        assertThat(findings)
                .extracting(ReadFinding::fault, ReadFinding::count)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(ReadFault.OBJECT_INVALID, 3L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.OBJECT_OUTSIDE, 1L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.OBJECT_EMPTY, 1L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.CLASS_UNKNOWN, 1L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.DUPLICATE_ID, 2L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.IMAGE_MISSING, 1L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.SELF_CROSSING, 1L),
                        org.assertj.core.groups.Tuple.tuple(ReadFault.OBJECT_CLIPPED, 1L));
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.sentence())
                        .contains(
                                "line ",
                                "instances.json",
                                finding.fault().remedy(),
                                finding.fault().consequence()));
    }

    @Test
    void shouldRefuseTwoImagesOfOneId() {
        document(
                "{\"id\":1,\"file_name\":\"0.png\"},{\"id\":1,\"file_name\":\"1.png\"}",
                "{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[1,1,9,9]}",
                "{\"id\":1,\"name\":\"a\"}");

        assertRefused(ErrorCode.DATASET_INVALID, "Line 1 of", "0.png and 1.png", "same id 1");
    }

    @Test
    void shouldNameTheLineWhereAFileIsCutShort() {
        DrawnImages.write(
                folder.resolve("instances.json"),
                "{\"images\":[\n{\"id\":0,\"file_name\":\"0.png\"}],\n\"annotations\":[{");

        assertRefused(ErrorCode.DATASET_INVALID, "instances.json", "line 3");
    }

    @Test
    void shouldFindImagesByWindowsPathsAndPassOverAByteOrderMark() {
        DrawnImages.write(
                folder.resolve("instances.json"),
                "\uFEFF{\"images\":[{\"id\":1,\"file_name\":\"C:\\\\data\\\\images\\\\3.png\"},{\"id\":2,\"file_name\":\"gone.png\"}],\n"
                        + "\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,9,8]}],\n"
                        + "\"categories\":[{\"id\":1,\"name\":\"a\"}]}");
        List<ReadFinding> findings = new ArrayList<>();

        List<ExchangedImage> images = read(ReadOptions.DEFAULT, findings);

        assertThat(images).extracting(ExchangedImage::name).containsExactly("3.png");
        assertThat(objects(images)).hasSize(1);
        assertThat(findings)
                .extracting(ReadFinding::fault)
                .containsExactlyInAnyOrder(
                        ReadFault.BYTE_ORDER_MARK,
                        ReadFault.WINDOWS_PATH,
                        ReadFault.IMAGE_MISSING,
                        ReadFault.IMAGE_UNLISTED);
    }

    @Test
    void shouldNameTwoFilesForOneImageAndLabelsWithoutAnImage() {
        yolo(0, 1, 1);
        DrawnImages.write(folder.resolve("images/4.jpg"), DrawnImages.jpeg(100, 80, 1));
        DrawnImages.write(folder.resolve("labels/gone.txt"), "0 0.5 0.5 0.1 0.1\n");
        List<ReadFinding> findings = new ArrayList<>();

        read(ReadOptions.DEFAULT, findings);

        assertThat(findings)
                .extracting(ReadFinding::fault)
                .containsExactlyInAnyOrder(ReadFault.TWO_FILES, ReadFault.IMAGE_MISSING);
    }

    @Test
    void shouldReadTenThousandBoxesOfOneImageAndSaySo() {
        yolo(0, 1, 1);
        DrawnImages.write(folder.resolve("labels/5.txt"), "0 0.5 0.5 0.1 0.1\n".repeat(10_000));
        List<ReadFinding> findings = new ArrayList<>();

        assertThat(objects(read(ReadOptions.DEFAULT, findings))).hasSize(10_000 + IMAGES - 1);
        assertThat(findings).extracting(ReadFinding::fault).containsExactly(ReadFault.MANY_OBJECTS);
    }

    @Test
    void shouldRefuseAClassNameThatTurnsTheDirectionOfWriting() {
        coco("xywh");
        document("{\"id\":1,\"file_name\":\"0.png\"}", "", "{\"id\":1,\"name\":\"\u202eevil\"}");

        assertThatThrownBy(() -> AnnotationFormats.read(folder, ReadOptions.DEFAULT))
                .isInstanceOf(FoveaException.class)
                .hasMessageContainingAll("Line 4 of", "instances.json", "control characters");
    }

    @Test
    void shouldNameEachImageThatCannotBeReadWithItsOwnReason() {
        yolo(0, 1, 1);
        DrawnImages.write(folder.resolve("images/3.png"), "a letter");
        DrawnImages.write(folder.resolve("images/7.png"), "");
        List<ReadFinding> findings = new ArrayList<>();

        assertThat(objects(read(ReadOptions.DEFAULT, findings))).hasSize(IMAGES - 2);
        assertThat(findings).extracting(ReadFinding::fault).containsOnly(ReadFault.IMAGE_UNREADABLE);
        assertThat(findings)
                .extracting(ReadFinding::sentence)
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).contains("3.png", "begin with 0x61206c6574746572", "was left out"),
                        text -> assertThat(text).contains("7.png", "was left out"));
    }

    @Test
    void shouldCountTheUnreadableImagesBeyondAHundred() {
        FindingCounter counter = new FindingCounter();

        IntStream.range(0, 250)
                .forEach(i -> counter.add(ReadFault.IMAGE_UNREADABLE, new TextPlace(Path.of(i + ".png"), 0), "cut"));

        assertThat(counter.findings()).hasSize(101);
        assertThat(counter.findings().getLast().count()).isEqualTo(150);
        assertThat(counter.findings().getLast().sentence())
                .startsWith("150 times: ")
                .contains("first: 100.png");
    }

    @Test
    void shouldNameFileAndLineOfAClassNameThatIsTooLong() {
        coco("xywh");
        document("{\"id\":1,\"file_name\":\"0.png\"}", "", "{\"id\":1,\"name\":\"%s\"}".formatted("x".repeat(300)));

        assertThatThrownBy(() -> AnnotationFormats.read(folder, ReadOptions.DEFAULT))
                .isInstanceOf(FoveaException.class)
                .hasMessageContainingAll("Line 4 of", "instances.json", "300 characters; the limit is 200");
    }

    @Test
    void shouldReadAClassWithBlanksAroundItsNameAsTheClassWithout() {
        coco("xywh");
        document(
                "{\"id\":1,\"file_name\":\"0.png\",\"width\":100,\"height\":80}",
                "{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[10,10,20,20]}",
                "{\"id\":1,\"name\":\" knot \"}");

        assertThat(objects(ReadOptions.DEFAULT))
                .extracting(AnnotatedObject::name)
                .containsExactly("knot");
    }

    @Test
    void shouldRefuseClassesOfAListThatDifferInBlanksOnly() {
        yolo(0, 1, 1);
        DrawnImages.write(folder.resolve("data.yaml"), "names: ['knot', 'knot ', 'stain']\n");

        assertRefused(ErrorCode.DATASET_INVALID, "states the class \"knot\" twice", "Rename one of them");
    }

    @Test
    void shouldWriteAHugeCoordinateWithFewDigits() {
        yolo(0, 1, 1);
        DrawnImages.write(folder.resolve("labels/5.txt"), "0 1e300 0.5 0.1 0.1\n");
        List<ReadFinding> findings = new ArrayList<>();

        assertThat(objects(read(ReadOptions.DEFAULT, findings))).hasSize(IMAGES - 1);
        assertThat(findings).extracting(ReadFinding::fault).containsExactly(ReadFault.OBJECT_OUTSIDE);
        assertThat(findings.getFirst().sentence()).contains("e+30").hasSizeLessThan(400);
    }
}
