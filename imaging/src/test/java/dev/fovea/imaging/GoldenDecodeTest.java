package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.preprocess.Transparency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small drawn images ({@code src/test/python/decode_golden.py}) in every format and in variants that readers disagree
 * on. Expected hashes are from Pillow 13.0 and OpenCV 5.0.
 */
class GoldenDecodeTest {

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    /** A row of INDEX.csv; {@code opencv} is empty where OpenCV sees something else. */
    record Row(String file, int width, int height, String overWhite, String dropped, String stored, String opencv) {

        static Row of(String line) {
            String[] f = line.split(",", -1);
            return new Row(f[0], Integer.parseInt(f[1]), Integer.parseInt(f[2]), f[3], f[4], f[5], f[6]);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Row> rows() {
        String index = new String(resource("INDEX.csv"), StandardCharsets.UTF_8);
        return index.lines().skip(1).map(Row::of);
    }

    /** Other JPEGs are decoded at a fraction of their size for this contract; four components come exact, in full. */
    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "cmyk-progressive.jpg", "ycck.jpg"})
    void shouldDecodeCmykInFullWhereSpeedIsWanted(String name) {
        PreprocessingContract fast = Contracts.of(
                new Resize.Stretch(Size.square(4), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.empty(),
                PreprocessingContract.ColorOrder.RGB,
                Alpha.WHITE,
                PreprocessingContract.DecodeMode.FAST);
        Row row = rows().filter(each -> each.file().equals(name)).findFirst().orElseThrow();
        try (Image image = decoder.decode(resource(name), fast)) {
            assertThat(List.of(image.width(), image.height())).isEqualTo(List.of(row.width(), row.height()));
            assertThat(seen(image, Alpha.WHITE)).isEqualTo(row.overWhite());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldDecodeToTheByteAsPillow(Row row) {
        byte[] file = resource(row.file());
        try (Image image = decoder.decode(file)) {
            assertThat(List.of(image.width(), image.height())).isEqualTo(List.of(row.width(), row.height()));
            assertThat(seen(image, Alpha.WHITE)).as("over white").isEqualTo(row.overWhite());
            assertThat(seen(image, new Alpha.Drop())).as("transparency dropped").isEqualTo(row.dropped());
        }
        try (Image image = decoder.decode(file, Orientation.IGNORE)) {
            assertThat(seen(image, new Alpha.Drop())).as("as stored").isEqualTo(row.stored());
        }
    }

    @Test
    void shouldAgreeWithOpenCvWhereItAgreesWithPillow() {
        assertThat(rows().filter(row -> !row.opencv().isEmpty()))
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> assertThat(row.opencv()).isEqualTo(row.dropped()));
    }

    @Test
    void shouldStateTheSizeOfTheHeaderThatIsDecoded() {
        rows().forEach(row -> {
            ImageSize size = ImageSize.of(decoder.header(resource(row.file())), Orientation.EXIF);
            assertThat(size).as(row.file()).isEqualTo(new ImageSize(row.width(), row.height()));
        });
    }

    private static String seen(Image image, Alpha alpha) {
        if (image.channels() != 4) {
            return sha256(rgb(image));
        }
        try (Image opaque = new Image(Transparency.settle(image.mat(), alpha))) {
            return sha256(opaque.toRgbOrGray());
        }
    }

    private static byte[] rgb(Image image) {
        if (image.channels() == 3) {
            return image.toRgbOrGray();
        }
        try (Mat colored = new Mat()) {
            opencv_imgproc.cvtColor(image.mat(), colored, opencv_imgproc.COLOR_GRAY2BGR);
            return PixelBytes.copy(colored);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = GoldenDecodeTest.class.getResourceAsStream("/decode/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
