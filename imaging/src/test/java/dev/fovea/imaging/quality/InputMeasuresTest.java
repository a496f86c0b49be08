package dev.fovea.imaging.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Contracts;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.SharedData;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.metadata.ExifBlock;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputMeasuresTest {

    private static final PreprocessingContract EXACT = contract(Alpha.WHITE, DecodeMode.EXACT);
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    private static PreprocessingContract contract(Alpha alpha, DecodeMode decode) {
        return Contracts.of(
                new Resize.Stretch(Size.square(32), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.empty(),
                ColorOrder.RGB,
                alpha,
                decode);
    }

    private InputMeasures measured(byte[] file) {
        return measured(file, EXACT);
    }

    private InputMeasures measured(byte[] file, PreprocessingContract contract) {
        try (Image image = decoder.decode(file, contract)) {
            return InputMeasures.of(image, file, decoder.header(file), contract);
        }
    }

    private static byte[] png(byte[] pixels, int width, int height, int channels) {
        try (Image image = Image.of(pixels, width, height, channels)) {
            return new ImageWriter().png(image);
        }
    }

    private static byte[] gray(int width, int height, java.util.function.IntBinaryOperator level) {
        byte[] pixels = new byte[width * height];
        for (int at = 0; at < pixels.length; at++) {
            pixels[at] = (byte) Math.clamp(level.applyAsInt(at % width, at / width), 0, 255);
        }
        return png(pixels, width, height, 1);
    }

    private static List<byte[]> photographs(int count) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.folder("imagenet-120"))) {
            List<Path> chosen = files.filter(file -> file.toString().endsWith(".JPEG"))
                    .sorted()
                    .limit(count)
                    .toList();
            return chosen.stream().map(InputMeasuresTest::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldMeasureTheTonesOfEachPixelWhereThereAreFew() {
        InputTones tones = measured(gray(20, 12, (x, y) -> x < 5 ? 2 : x < 10 ? 3 : x < 15 ? 252 : 253))
                .tones();
        assertThat(tones.brightness()).isEqualTo(127.5);
        assertThat(tones.contrast()).isEqualTo(Math.sqrt((125.5 * 125.5 + 124.5 * 124.5) / 2), within(1e-9));
        assertThat(tones.dark()).isEqualTo(0.25);
        assertThat(tones.bright()).isEqualTo(0.25);
    }

    /** Means and variances in floating point over all pixels of 20 × 20 random colours. */
    @Test
    void shouldMeasureColorsByTheirFormulas() {
        byte[] rgb = ImageFiles.noise(20, 20, 3);
        double[] rg = new double[400];
        double[] yb = new double[400];
        double saturation = 0;
        for (int i = 0; i < 400; i++) {
            int red = rgb[3 * i] & 0xff;
            int green = rgb[3 * i + 1] & 0xff;
            int blue = rgb[3 * i + 2] & 0xff;
            rg[i] = red - green;
            yb[i] = (red + green) / 2.0 - blue;
            int max = Math.max(red, Math.max(green, blue));
            saturation += (max - Math.min(red, Math.min(green, blue))) / (double) max / 400;
        }
        double expected = Math.hypot(deviation(rg), deviation(yb)) + 0.3 * Math.hypot(mean(rg), mean(yb));
        InputColors colors = measured(png(rgb, 20, 20, 3)).colors();
        assertThat(colors.colorfulness()).isEqualTo(expected, within(1e-9));
        assertThat(colors.saturation()).isEqualTo(saturation, within(1e-6));
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(java.util.Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void shouldGiveGrayImagesNoColor() {
        assertThat(measured(gray(40, 40, (x, y) -> 6 * x)).colors()).isEqualTo(new InputColors(0, 0));
        byte[] rgb = new byte[40 * 40 * 3];
        new Random(1).nextBytes(rgb);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = rgb[i / 3 * 3];
        }
        InputColors colors = measured(png(rgb, 40, 40, 3)).colors();
        assertThat(colors.colorfulness()).isZero();
        assertThat(colors.saturation()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 12})
    void shouldEstimateTheDeviationOfNoiseOverAPlane(double deviation) {
        Random random = new Random(5);
        byte[] file =
                gray(300, 200, (x, y) -> (int) Math.round(60 + 0.3 * x + 0.2 * y + deviation * random.nextGaussian()));
        assertThat(measured(file).detail().noise()).isEqualTo(deviation, within(0.12 * deviation));
    }

    @Test
    void shouldSeeNoNoiseInPlanesAndEdges() {
        assertThat(measured(gray(256, 128, (x, y) -> x)).detail().noise()).isZero();
        assertThat(measured(gray(256, 128, (x, y) -> x < 20 ? 0 : 255)).detail().noise())
                .isZero();
    }

    /** The Laplacian of 3 x² + 5 y² is 16 everywhere, so its variance is 0; that of a chessboard is ±8 levels. */
    @Test
    void shouldMeasureSharpnessAsTheVarianceOfTheLaplacian() {
        assertThat(measured(gray(9, 9, (x, y) -> 3 * (x - 4) * (x - 4) + 5 * (y - 4) * (y - 4)))
                        .detail()
                        .sharpness())
                .isZero();
        assertThat(measured(gray(64, 64, (x, y) -> (x + y) % 2 * 10 + 100))
                        .detail()
                        .sharpness())
                .isEqualTo(40 * 40);
    }

    @Test
    void shouldMeasureLessSharpnessAfterABlur() throws IOException {
        for (byte[] file : photographs(20)) {
            try (Image image = decoder.decode(file);
                    Mat soft = new Mat();
                    org.bytedeco.opencv.opencv_core.Size automatic = new org.bytedeco.opencv.opencv_core.Size(0, 0)) {
                opencv_imgproc.GaussianBlur(image.mat(), soft, automatic, 1);
                double sharp = InputMeasures.of(image, file, decoder.header(file), EXACT)
                        .detail()
                        .sharpness();
                try (Image blurred = new Image(soft)) {
                    assertThat(InputMeasures.of(blurred, file, decoder.header(file), EXACT)
                                    .detail()
                                    .sharpness())
                            .isLessThan(0.5 * sharp);
                }
            }
        }
    }

    /** Blocks of 8 × 8 pixels whose grid begins at the third pixel. */
    @Test
    void shouldSeeBlocksWhereverTheirGridBegins() {
        Random random = new Random(7);
        int[] levels = random.ints(40 * 40, 100, 130).toArray();
        byte[] blocks = gray(200, 160, (x, y) -> levels[(y + 5) / 8 * 40 + (x + 5) / 8] + (x * 7 + y * 3) % 2);
        assertThat(measured(blocks).detail().blockiness()).isGreaterThan(3);
        byte[] noise = gray(200, 160, (x, y) -> levels[(y * 200 + x) * 31 % 1600]);
        assertThat(measured(noise).detail().blockiness()).isBetween(1.0, 1.3);
    }

    @Test
    void shouldSeeTheBlocksOfAStronglyCompressedPhotograph() throws IOException {
        int more = 0;
        List<byte[]> files = photographs(40);
        for (byte[] file : files) {
            try (Image image = decoder.decode(file)) {
                double before = measured(file).detail().blockiness();
                byte[] compressed = new ImageWriter().jpeg(image, 10);
                more += measured(compressed).detail().blockiness() > before ? 1 : 0;
            }
        }
        assertThat(more).isGreaterThan(32);
    }

    /** Four hundred points: the differences of single images are some levels, those of their mean are small. */
    @Test
    void shouldMeasurePhotographsAsAllTheirPixelsDo() throws IOException {
        double absolute = 0;
        double signed = 0;
        List<byte[]> files = photographs(100);
        for (byte[] file : files) {
            try (Image image = decoder.decode(file)) {
                double difference = measured(file).tones().brightness()
                        - ImageQuality.of(image).brightness();
                absolute += Math.abs(difference) / files.size();
                signed += difference / files.size();
            }
        }
        assertThat(absolute).isLessThan(4);
        assertThat(Math.abs(signed)).isLessThan(1);
    }

    /** Of 2,000 × 2,000 pixels, the tones are those of the 400 in the middle of 20 × 20 parts. */
    @Test
    void shouldReadAsManyPixelsOfALargeImageAsOfASmallOne() {
        byte[] large = gray(2000, 2000, (x, y) -> x % 100 == 50 && y % 100 == 50 ? 200 : 90);
        assertThat(measured(large).tones()).isEqualTo(new InputTones(200, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "1, 500", "500, 1", "3, 3", "17, 9", "18, 10", "19, 11"})
    void shouldMeasureImagesOfAFewPixels(int width, int height) {
        InputMeasures measures = measured(gray(width, height, (x, y) -> 77));
        assertThat(measures.tones()).isEqualTo(new InputTones(77, 0, 0, 0));
        assertThat(measures.detail()).isEqualTo(new InputDetail(0, 0, 1));
        assertThat(measures.file().aspect()).isEqualTo(width / (double) height);
        for (InputMeasure measure : InputMeasure.values()) {
            assertThat(measure.of(measures).orElse(0)).as(measure.label()).isFinite();
        }
    }

    @Test
    void shouldSettleTransparencyAsTheContractDoes() {
        byte[] file = ImageFiles.translucentPng(10, 20, 30, 0);
        assertThat(measured(file).tones().brightness()).isEqualTo(255);
        PreprocessingContract drop = contract(new Alpha.Drop(), DecodeMode.EXACT);
        assertThat(measured(file, drop).tones().brightness()).isBetween(17.0, 19.0);
        PreprocessingContract green = contract(new Alpha.Over(0, 200, 0), DecodeMode.EXACT);
        assertThat(measured(file, green).tones().brightness()).isBetween(116.0, 119.0);
        assertThat(measured(file, green).colors().saturation()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 48, 16", "3, 48, 16", "6, 16, 48", "8, 16, 48"})
    void shouldStateTheSizeAsTheModelSeesIt(int orientation, int width, int height) {
        try (Image image = Image.of(new byte[48 * 16], 48, 16, 1)) {
            byte[] wide = ExifBlock.inJpeg(
                    new ImageWriter().jpeg(image, 90),
                    new ExifBlock(ByteOrder.LITTLE_ENDIAN)
                            .number(0, 274, orientation)
                            .segment());
            InputFile described = measured(wide).file();
            assertThat(described.width()).isEqualTo(width);
            assertThat(described.height()).isEqualTo(height);
            PreprocessingContract asStored = new PreprocessingContract(
                    PreprocessingContract.Orientation.IGNORE,
                    EXACT.color(),
                    EXACT.alpha(),
                    EXACT.resize(),
                    EXACT.crop(),
                    EXACT.tensor(),
                    EXACT.decode());
            assertThat(measured(wide, asStored).file().width()).isEqualTo(48);
        }
    }

    @Test
    void shouldMeasureAJpegAtTheFractionAtWhichItIsDecoded() throws IOException {
        byte[] file = photographs(1).getFirst();
        InputMeasures exact = measured(file);
        InputMeasures fast = measured(file, contract(Alpha.WHITE, DecodeMode.FAST));
        assertThat(fast.file()).isEqualTo(exact.file());
        assertThat(fast.tones().brightness()).isEqualTo(exact.tones().brightness(), within(12.0));
        assertThat(fast.detail()).isNotEqualTo(exact.detail());
    }

    @Test
    void shouldDescribeTheFilesOfAllFormats() {
        for (Map.Entry<ImageFormat, byte[]> entry : ImageFiles.all().entrySet()) {
            InputFile file = measured(entry.getValue()).file();
            assertThat(file.format()).isEqualTo(entry.getKey());
            assertThat(file.bytes()).isEqualTo(entry.getValue().length);
            assertThat(file.aspect()).isEqualTo(1.5);
            assertThat(file.jpegQuality())
                    .isEqualTo(entry.getKey() == ImageFormat.JPEG ? OptionalInt.of(95) : OptionalInt.empty());
            assertThat(file.camera()).isEmpty();
        }
    }

    @Test
    void shouldStateTheCamera() {
        byte[] file = ExifBlock.inJpeg(
                ImageFiles.all().get(ImageFormat.JPEG),
                new ExifBlock(ByteOrder.BIG_ENDIAN)
                        .text(0, 271, "NIKON CORPORATION")
                        .text(0, 272, "NIKON D90")
                        .segment());
        assertThat(measured(file).file().camera()).contains("NIKON D90");
    }

    /** CMYK, 16 bits, transparency, grey; all that decode. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pillow/pil_sample_cmyk.jpg",
                "twelvemonkeys/jpeg_jpeg/cmyk-sample.jpg",
                "image-rs/images/png/16bpc/basi0g16.png",
                "pillow/12in16bit.tif",
                "pillow/i_trns.png"
            })
    void shouldMeasureUnusualFiles(String name) {
        byte[] file = bytes(SharedData.folder("decode").resolve(name));
        InputMeasures measures = measured(file);
        try (Image image = decoder.decode(file)) {
            assertThat(measures.tones().brightness())
                    .isEqualTo(ImageQuality.of(image).brightness(), within(8.0));
        }
    }

    @Test
    void shouldLeaveOutTheJpegQualityOfOtherFiles() {
        InputMeasures measures = measured(gray(30, 30, (x, y) -> 8 * x));
        assertThat(InputMeasure.JPEG_QUALITY.of(measures)).isEmpty();
        assertThat(InputMeasure.WIDTH.of(measures)).isEqualTo(OptionalDouble.of(30));
        assertThat(InputMeasure.FILE_SIZE.of(measures).orElse(0)).isGreaterThan(60);
    }
}
