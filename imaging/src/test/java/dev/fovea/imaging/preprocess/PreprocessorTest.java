package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contracts;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Resize.Anchor;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Resize.ResizeEngine;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two pixels, (10, 20, 30) and (40, 50, 60), and every number worked out by hand. */
class PreprocessorTest {

    private static final byte[] TWO_PIXELS = {10, 20, 30, 40, 50, 60};

    @Test
    void shouldLayColoursOutPlaneByPlaneInTheOrderOfTheContract() {
        assertThat(floats(contract(ColorOrder.RGB, Layout.NCHW))).containsExactly(10, 40, 20, 50, 30, 60);
        assertThat(floats(contract(ColorOrder.BGR, Layout.NCHW))).containsExactly(30, 60, 20, 50, 10, 40);
    }

    @Test
    void shouldLayColoursOutPixelByPixelInTheOrderOfTheContract() {
        assertThat(floats(contract(ColorOrder.RGB, Layout.NHWC))).containsExactly(10, 20, 30, 40, 50, 60);
        assertThat(floats(contract(ColorOrder.BGR, Layout.NHWC))).containsExactly(30, 20, 10, 60, 50, 40);
    }

    @Test
    void shouldWeighColoursIntoGreyAsBt601() {
        // 0.299 · 10 + 0.587 · 20 + 0.114 · 30 = 18.15; 48.15
        assertThat(floats(contract(ColorOrder.GRAY, Layout.NCHW))).containsExactly(18, 48);
        assertThat(floats(contract(ColorOrder.GRAY, Layout.NHWC))).containsExactly(18, 48);
    }

    @Test
    void shouldScaleThenSubtractThenDividePerChannelOfTheContract() {
        PreprocessingContract contract = contract(
                ColorOrder.BGR, Layout.NCHW, ElementType.FLOAT32, 0.1, List.of(1.0, 2.0, 3.0), List.of(2.0, 4.0, -0.5));
        // blue (30 · 0.1 − 1) / 2, green (20 · 0.1 − 2) / 4, red (10 · 0.1 − 3) / −0.5
        assertThat(floats(contract)).containsExactly(new float[] {1, 2.5f, 0, 0.75f, 4, -2}, within(1e-6f));
    }

    @Test
    void shouldWriteHalfPrecision() {
        PreprocessingContract contract =
                contract(ColorOrder.RGB, Layout.NHWC, ElementType.FLOAT16, 1 / 255.0, zeros(), List.of(1.0, 1.0, 1.0));
        ByteBuffer tensor = tensor(contract);
        assertThat(tensor.remaining()).isEqualTo(12);
        for (byte value : TWO_PIXELS) {
            assertThat(Float.float16ToFloat(tensor.getShort())).isCloseTo(value / 255f, within(2e-4f));
        }
    }

    @Test
    void shouldWriteBytesRoundedAndClamped() {
        PreprocessingContract contract = contract(
                ColorOrder.RGB, Layout.NHWC, ElementType.UINT8, 5.05, List.of(60.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        byte[] bytes = new byte[6];
        tensor(contract).get(bytes);
        // red 50.5 − 60 below 0, green 101, blue 151.5, then red 142, green 252.5, blue 303 above 255
        assertThat(bytes).containsExactly(0, 101, 152, 142, 253, 255);
    }

    @Test
    void shouldLayTransparencyOverTheColourOrDropIt() {
        byte[] half = ImageFiles.translucentPng(200, 100, 0, 128);
        // 200 · 128/255 + 255 · 127/255 = 227.4; 100 → 177.2; 0 → 127
        assertThat(firstPixel(half, Alpha.WHITE)).containsExactly(227, 177, 127);
        // over (0, 50, 255): 100.4, 75.1, 127
        assertThat(firstPixel(half, new Alpha.Over(0, 50, 255))).containsExactly(100, 75, 127);
        assertThat(firstPixel(half, new Alpha.Drop())).containsExactly(200, 100, 0);
        assertThat(firstPixel(ImageFiles.translucentPng(9, 9, 9, 0), Alpha.WHITE))
                .containsExactly(255, 255, 255);
    }

    private static int[] firstPixel(byte[] png, Alpha alpha) {
        PreprocessingContract contract = Contracts.of(
                new Resize.Stretch(Size.square(4), Filter.BILINEAR, ResizeEngine.PILLOW),
                Optional.empty(),
                ColorOrder.RGB,
                alpha,
                DecodeMode.EXACT);
        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(png, contract);
                Image seen = new Preprocessor(contract).see(image)) {
            byte[] rgb = seen.toRgbOrGray();
            return new int[] {rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff};
        }
    }

    @Test
    void shouldLetterboxInTheMiddleOrAtTheTopLeft() {
        // 20 wide, 10 high into 8 × 8: 8 wide, 4 high
        assertThat(rows(new Resize.Letterbox(Size.square(8), Filter.BILINEAR, ResizeEngine.OPENCV, 114, Anchor.CENTER)))
                .isEqualTo("..####..");
        assertThat(rows(new Resize.Letterbox(
                        Size.square(8), Filter.BILINEAR, ResizeEngine.PILLOW, 114, Anchor.TOP_LEFT)))
                .isEqualTo("####....");
        // 5 rows of space: the smaller half before
        assertThat(rows(new Resize.Letterbox(new Size(9, 8), Filter.BILINEAR, ResizeEngine.PILLOW, 114, Anchor.CENTER)))
                .isEqualTo("..####...");
    }

    /** Which rows of a white image's letterbox hold image and which hold border. */
    private static String rows(Resize resize) {
        byte[] white = new byte[20 * 10 * 3];
        java.util.Arrays.fill(white, (byte) 255);
        PreprocessingContract contract = Contracts.of(resize, Optional.empty(), ColorOrder.RGB);
        try (Image image = Image.of(white, 20, 10, 3);
                Image seen = new Preprocessor(contract).see(image)) {
            byte[] rgb = seen.toRgbOrGray();
            StringBuilder rows = new StringBuilder();
            for (int y = 0; y < seen.height(); y++) {
                byte first = rgb[y * seen.width() * 3];
                assertThat(first).isIn((byte) 255, (byte) 114);
                rows.append(first == 114 ? '.' : '#');
            }
            return rows.toString();
        }
    }

    @Test
    void shouldCutTheMiddleOutAfterTheShortestEdge() {
        PreprocessingContract contract = Contracts.of(
                new Resize.ShortestEdge(4, Filter.NEAREST, ResizeEngine.PILLOW),
                Optional.of(Size.square(2)),
                ColorOrder.GRAY);
        byte[] columns = new byte[8 * 4];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (byte) (i % 8 + 10 * (i / 8));
        }
        try (Image image = Image.of(columns, 8, 4, 1);
                Image seen = new Preprocessor(contract).see(image)) {
            assertThat(seen.toRgbOrGray()).containsExactly(13, 14, 23, 24);
        }
    }

    /** The largest size in a contract does not limit the images. */
    @Test
    void shouldResizeAnImageThatIsWiderThanAnySizeOfAContract() {
        PreprocessingContract contract = Contracts.of(
                new Resize.Stretch(Size.square(2), Filter.AREA, ResizeEngine.PILLOW),
                Optional.empty(),
                ColorOrder.GRAY);
        byte[] halves = new byte[2 * Size.MAX_EDGE + 2];
        Arrays.fill(halves, halves.length / 2, halves.length, (byte) 80);
        try (Image image = Image.of(halves, halves.length, 1, 1);
                Image seen = new Preprocessor(contract).see(image)) {
            assertThat(seen.toRgbOrGray()).containsExactly(0, 80, 0, 80);
        }
    }

    @Test
    void shouldAppendAtTheBuffersPosition() {
        PreprocessingContract contract = contract(ColorOrder.RGB, Layout.NCHW);
        ByteBuffer two = ByteBuffer.allocate(2 * contract.outputBytes()).order(ByteOrder.nativeOrder());
        try (Image image = Image.of(TWO_PIXELS, 2, 1, 3)) {
            new Preprocessor(contract).write(image, two);
            assertThat(two.position()).isEqualTo(contract.outputBytes());
            new Preprocessor(contract).write(image, two);
        }
        assertThat(two.remaining()).isZero();
        assertThat(two.getFloat(0))
                .isEqualTo(two.getFloat(contract.outputBytes()))
                .isEqualTo(10);
    }

    @Test
    void shouldRefuseACropThatASquareImageCannotGive() {
        Resize edge = new Resize.ShortestEdge(256, Filter.BILINEAR, ResizeEngine.PILLOW);
        for (Size crop : new Size[] {new Size(224, 257), new Size(257, 224), Size.square(300)}) {
            assertThatThrownBy(() -> Contracts.of(edge, Optional.of(crop), ColorOrder.RGB))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_INVALID))
                    .hasMessageContaining("crop " + crop);
        }
    }

    private static float[] floats(PreprocessingContract contract) {
        ByteBuffer tensor = tensor(contract);
        float[] values = new float[tensor.remaining() / 4];
        tensor.asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer tensor(PreprocessingContract contract) {
        ByteBuffer tensor = ByteBuffer.allocate(contract.outputBytes()).order(ByteOrder.nativeOrder());
        try (Image image = Image.of(TWO_PIXELS, 2, 1, 3)) {
            new Preprocessor(contract).write(image, tensor);
        }
        return tensor.flip();
    }

    private static PreprocessingContract contract(ColorOrder color, Layout layout) {
        int channels = color.channels();
        return contract(
                color,
                layout,
                ElementType.FLOAT32,
                1,
                Collections.nCopies(channels, 0.0),
                Collections.nCopies(channels, 1.0));
    }

    private static PreprocessingContract contract(
            ColorOrder color, Layout layout, ElementType type, double scale, List<Double> mean, List<Double> std) {
        return new PreprocessingContract(
                Orientation.EXIF,
                color,
                Alpha.WHITE,
                new Resize.Stretch(new Size(1, 2), Filter.BILINEAR, ResizeEngine.PILLOW),
                Optional.empty(),
                new TensorFormat(scale, mean, std, layout, type),
                DecodeMode.EXACT);
    }

    private static List<Double> zeros() {
        return List.of(0.0, 0.0, 0.0);
    }
}
