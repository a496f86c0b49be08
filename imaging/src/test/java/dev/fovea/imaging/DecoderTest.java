package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void shouldDetectAndDecodeEveryFormat(ImageFormat format) {
        byte[] bytes = ImageFiles.all().get(format);
        assertThat(decoder.header(bytes)).isEqualTo(new ImageHeader(format, 24, 16, 1));
        try (Image image = decoder.decode(bytes)) {
            assertThat(image.width()).isEqualTo(24);
            assertThat(image.height()).isEqualTo(16);
            // GIF has 256 colours and dithers the rest
            double far = format == ImageFormat.GIF ? 40 : 12;
            assertThat(meanDifference(image.toRgbOrGray(), ImageFiles.quarters(24, 16)))
                    .isLessThan(far);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTurnAnImageUprightByAHandWrittenTag(int orientation) {
        int width = 32;
        int height = 16;
        byte[] upright = ImageFiles.quarters(width, height);
        byte[] stored = stored(upright, width, height, orientation);
        boolean swapped = orientation >= 5;
        byte[] jpeg = ImageFiles.jpeg(stored, swapped ? height : width, swapped ? width : height);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] tagged = ImageFiles.withOrientation(jpeg, orientation, order);
            assertThat(decoder.header(tagged).orientation()).isEqualTo(orientation);
            try (Image image = decoder.decode(tagged)) {
                assertThat(image.width()).isEqualTo(width);
                assertThat(image.height()).isEqualTo(height);
                assertThat(meanDifference(image.toRgbOrGray(), upright)).isLessThan(8);
            }
        }
    }

    /** What a camera stores so that a viewer that follows EXIF 2.32, tag 274, sees the upright image. */
    private static byte[] stored(byte[] upright, int width, int height, int orientation) {
        boolean swapped = orientation >= 5;
        int storedWidth = swapped ? height : width;
        byte[] stored = new byte[upright.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int mirroredX = width - 1 - x;
                int mirroredY = height - 1 - y;
                int[] at = switch (orientation) {
                    case 1 -> new int[] {y, x};
                    case 2 -> new int[] {y, mirroredX};
                    case 3 -> new int[] {mirroredY, mirroredX};
                    case 4 -> new int[] {mirroredY, x};
                    case 5 -> new int[] {x, y};
                    case 6 -> new int[] {mirroredX, y};
                    case 7 -> new int[] {mirroredX, mirroredY};
                    case 8 -> new int[] {x, mirroredY};
                    default -> throw new AssertionError(orientation);
                };
                System.arraycopy(upright, (y * width + x) * 3, stored, (at[0] * storedWidth + at[1]) * 3, 3);
            }
        }
        return stored;
    }

    @Test
    void shouldTurnPhotographsOfEveryOrientationUpright() throws IOException {
        Path folder = SharedData.folder("decode").resolve("exif-orientation");
        for (String kind : new String[] {"Landscape", "Portrait"}) {
            byte[] reference = seen(Files.readAllBytes(folder.resolve(kind + "_1.jpg")));
            for (int orientation = 2; orientation <= 8; orientation++) {
                byte[] other = seen(Files.readAllBytes(folder.resolve(kind + "_" + orientation + ".jpg")));
                assertThat(meanDifference(other, reference))
                        .as("%s_%d", kind, orientation)
                        .isLessThan(3);
            }
        }
    }

    private byte[] seen(byte[] bytes) {
        PreprocessingContract contract = Contracts.stretch(96, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW);
        try (Image image = decoder.decode(bytes, contract);
                Image seen = new Preprocessor(contract).see(image)) {
            return seen.toRgbOrGray();
        }
    }

    @Test
    void shouldIgnoreTheOrientationWhereTheContractSaysSo() {
        byte[] jpeg = ImageFiles.withOrientation(
                ImageFiles.jpeg(ImageFiles.quarters(32, 16), 32, 16), 6, ByteOrder.BIG_ENDIAN);
        PreprocessingContract exif = Contracts.stretch(8, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW);
        PreprocessingContract ignore = new PreprocessingContract(
                PreprocessingContract.Orientation.IGNORE,
                exif.color(),
                exif.alpha(),
                exif.resize(),
                exif.crop(),
                exif.tensor(),
                exif.decode());
        try (Image turned = decoder.decode(jpeg, exif);
                Image asStored = decoder.decode(jpeg, ignore)) {
            assertThat(turned.width()).isEqualTo(16);
            assertThat(asStored.width()).isEqualTo(32);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 0x7fff, 0x8000, 0xfeff, 0xff00, 0xffff})
    void shouldKeepTheHighByteOfSixteenBits(int value) {
        try (Image image = decoder.decode(ImageFiles.deepPng(value))) {
            assertThat(image.toRgbOrGray()).containsOnly((byte) (value >> 8));
        }
    }

    @Test
    void shouldTurnAPaletteIntoColours() {
        try (Image image = decoder.decode(ImageFiles.palettePng())) {
            byte[] rgb = image.toRgbOrGray();
            assertThat(Arrays.copyOf(rgb, 6)).containsExactly(250, 20, 30, 10, 240, 130);
        }
    }

    @Test
    void shouldTurnCmykIntoColours() throws IOException {
        Path folder = SharedData.folder("decode");
        byte[] bytes = Files.readAllBytes(folder.resolve("pillow/pil_sample_cmyk.jpg"));
        try (Image image = decoder.decode(bytes)) {
            assertThat(image.channels()).isEqualTo(3);
        }
    }

    @Test
    void shouldRefuseABombByItsHeaderAlone() {
        byte[] bomb = pngHeader(120_000, 100_000);
        assertCode(bomb, ErrorCode.IMAGE_TOO_MANY_PIXELS);
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(33);
        png.put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1)).putInt(13);
        png.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        png.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(png.array(), 12, 17);
        return png.putInt((int) crc.getValue()).array();
    }

    @Test
    void shouldCountThePixelsOf16BitImagesTwice() {
        byte[] deep = ImageFiles.deepPng(40_000);
        assertThat(decoder.header(deep).deep()).isTrue();
        assertCode(new Decoder(new ImageLimits(10_000, 2 * 4 * 4 - 1)), deep, ErrorCode.IMAGE_TOO_MANY_PIXELS);
        assertThat(new Decoder(new ImageLimits(10_000, 2 * 4 * 4)).header(deep).pixels())
                .isEqualTo(16);
    }

    @Test
    void shouldRefuseAFileOfTooManyBytesOrPixels() {
        byte[] png = ImageFiles.png(ImageFiles.quarters(24, 16), 24, 16);
        assertCode(new Decoder(new ImageLimits(png.length - 1, 1000)), png, ErrorCode.IMAGE_FILE_TOO_LARGE);
        assertCode(new Decoder(new ImageLimits(png.length, 24 * 16 - 1)), png, ErrorCode.IMAGE_TOO_MANY_PIXELS);
        try (Image image = new Decoder(new ImageLimits(png.length, 24 * 16)).decode(png)) {
            assertThat(image.width()).isEqualTo(24);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveATruncatedFileACodeOfItsOwnOrItsPixels(ImageFormat format) {
        byte[] whole = ImageFiles.all().get(format);
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            refused += refuses(Arrays.copyOf(whole, length)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(whole.length / 3);
        assertThat(refuses(Arrays.copyOf(whole, 12))).isTrue();
    }

    private boolean refuses(byte[] bytes) {
        try (Image image = decoder.decode(bytes)) {
            assertThat(image.width()).isPositive();
            return false;
        } catch (FoveaException e) {
            assertThat(e.code().name()).startsWith("IMAGE_");
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%PDF-1.7", "PK\u0003\u0004....", "<svg xmlns=''/>", "hello", ""})
    void shouldNameTheReceivedFormatWhenItIsNoImage(String text) {
        assertCode(text.getBytes(StandardCharsets.ISO_8859_1), ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
    }

    /** Found by fuzzing: a marker without a length, {@code ff00}, whose following bytes were taken for one. */
    @Test
    void shouldRefuseACmykJpegWithAStrayMarkerBeforeItsFrame() {
        assertCode(HexFormat.of().parseHex("ffd8ff00000affc00011080010001804ffd9"), ErrorCode.IMAGE_CORRUPT);
    }

    @Test
    void shouldSeeNearlyTheSameWithFastDecodeOfALargePhotograph() {
        int width = 1600;
        int height = 1200;
        byte[] jpeg = ImageFiles.jpeg(ImageFiles.quarters(width, height), width, height);
        Resize resize = new Resize.ShortestEdge(128, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW);
        PreprocessingContract exact = contract(resize, DecodeMode.EXACT);
        PreprocessingContract fast = contract(resize, DecodeMode.FAST);
        try (Image whole = decoder.decode(jpeg, exact);
                Image reduced = decoder.decode(jpeg, fast);
                Image seenWhole = new Preprocessor(exact).see(whole);
                Image seenReduced = new Preprocessor(fast).see(reduced)) {
            assertThat(whole.width()).isEqualTo(width);
            assertThat(reduced.width()).isEqualTo(width / 4);
            assertThat(meanDifference(seenWhole.toRgbOrGray(), seenReduced.toRgbOrGray()))
                    .isLessThan(2);
        }
    }

    @Test
    void shouldNeverDecodeBelowOneAndAQuarterTimesTheResize() {
        for (int width = 1; width < 2000; width += 37) {
            for (int height = 1; height < 2000; height += 41) {
                for (Size needed : new Size[] {new Size(32, 32), new Size(224, 100), new Size(7, 300)}) {
                    int denominator = ScaledDecode.denominator(width, height, needed);
                    assertThat(denominator).isIn(1, 2, 4, 8);
                    if (denominator > 1) {
                        assertThat((double) width / denominator).isGreaterThanOrEqualTo(1.25 * needed.width());
                        assertThat((double) height / denominator).isGreaterThanOrEqualTo(1.25 * needed.height());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4000,3000,8", "2560,2560,8", "2559,2559,4", "1280,1280,4", "640,640,2", "639,640,1", "500,375,1"})
    void shouldDecodeAtTheSmallestFractionThatLeavesEnough(int width, int height, int denominator) {
        assertThat(ScaledDecode.denominator(width, height, Size.square(256))).isEqualTo(denominator);
    }

    private static PreprocessingContract contract(Resize resize, DecodeMode mode) {
        return Contracts.of(resize, Optional.of(Size.square(112)), ColorOrder.RGB, Alpha.WHITE, mode);
    }

    private void assertCode(byte[] bytes, ErrorCode code) {
        assertCode(decoder, bytes, code);
    }

    private static void assertCode(Decoder decoder, byte[] bytes, ErrorCode code) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    static double meanDifference(byte[] one, byte[] other) {
        assertThat(one).hasSameSizeAs(other);
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        }
        return (double) sum / one.length;
    }
}
