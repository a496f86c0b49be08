package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Resize.ResizeEngine;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/**
 * Byte-exact resizing of drawn images. The hashes are of the results of Pillow 12.3, Pillow 13.0 and OpenCV 4.13;
 * {@code golden-resize/make.py} makes them.
 */
class GoldenResizeTest {

    /** One line of {@code hashes.csv}. */
    private record Row(
            String drawing,
            int width,
            int height,
            String mode,
            PreprocessingContract contract,
            String fit,
            String sha) {

        private static Row of(String line) {
            String[] cell = line.split(",", -1);
            ResizeEngine engine = ResizeEngine.valueOf(upper(cell[10]));
            Filter filter = Filter.valueOf(upper(cell[8]));
            Resize resize = resize(cell, filter, engine);
            Optional<Crop> crop = resize instanceof Resize.ShortestEdge edge
                    ? Optional.of(new Crop(
                            Size.square(Integer.parseInt(cell[6])),
                            edge.longEdge() == Rounding.DOWN ? Rounding.NEAREST : Rounding.DOWN))
                    : Optional.empty();
            ColorOrder color = ColorOrder.valueOf(cell[9]);
            PreprocessingContract contract = new PreprocessingContract(
                    Orientation.EXIF,
                    color,
                    engine == ResizeEngine.OPENCV ? new Alpha.Drop() : Alpha.WHITE,
                    resize,
                    crop,
                    TensorFormat.defaults(color),
                    DecodeMode.EXACT);
            return new Row(
                    cell[0],
                    Integer.parseInt(cell[1]),
                    Integer.parseInt(cell[2]),
                    cell[3],
                    contract,
                    cell[4] + " " + cell[7],
                    cell[11]);
        }

        private static Resize resize(String[] cell, Filter filter, ResizeEngine engine) {
            int rows = Integer.parseInt(cell[5]);
            return switch (cell[4]) {
                // torchvision rounds the edge down and the crop to nearest; "plain" the other way round
                case "shortest-edge" ->
                    new Resize.ShortestEdge(
                            rows, cell[7].equals("plain") ? Rounding.NEAREST : Rounding.DOWN, filter, engine);
                case "stretch" -> new Resize.Stretch(new Size(rows, Integer.parseInt(cell[6])), filter, engine);
                case "letterbox" ->
                    new Resize.Letterbox(
                            new Size(rows, Integer.parseInt(cell[6])),
                            filter,
                            engine,
                            114,
                            Resize.Anchor.valueOf(upper(cell[7])));
                default -> throw new AssertionError("unknown fit " + cell[4]);
            };
        }

        String whichWay() {
            return "%s %s %s"
                    .formatted(
                            fit, contract.resize().filter(), contract.resize().engine());
        }

        String image() {
            return "%s %d×%d %s to %s %s".formatted(drawing, width, height, mode, whichWay(), contract.color());
        }
    }

    @Test
    void shouldGiveTheBytesOfPillowAndOpenCvForEveryFilterFitAndEngine() throws Exception {
        List<String> differing = new ArrayList<>();
        for (Row row : rows()) {
            if (!sha256(see(row)).equals(row.sha())) {
                differing.add(row.image());
            }
        }
        assertThat(differing).isEmpty();
    }

    @Test
    void shouldHaveGoldenRowsForEveryFilterFitAndEngine() throws Exception {
        Set<String> ways = rows().stream().map(Row::whichWay).collect(Collectors.toSet());
        assertThat(ways).hasSize(Filter.values().length * ResizeEngine.values().length * 5);
    }

    @Test
    void shouldDistinguishPillow13WhenTheHeightShrinksMost() throws Exception {
        List<Row> rows = rows();
        Set<String> older = hashes(rows, ResizeEngine.PILLOW);
        List<Row> newer = rows.stream()
                .filter(row -> row.contract().resize().engine() == ResizeEngine.PILLOW_13
                        && row.contract().resize().filter() != Filter.NEAREST)
                .toList();
        assertThat(newer).filteredOn(row -> row.height() < row.width()).allMatch(row -> older.contains(row.sha()));
        assertThat(newer).filteredOn(row -> row.height() == 1000).noneMatch(row -> older.contains(row.sha()));
    }

    private static Set<String> hashes(List<Row> rows, ResizeEngine engine) {
        return rows.stream()
                .filter(row -> row.contract().resize().engine() == engine)
                .map(Row::sha)
                .collect(Collectors.toSet());
    }

    private static List<Row> rows() throws Exception {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GoldenResizeTest.class.getResourceAsStream("golden-resize/hashes.csv")),
                StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(Row::of).toList();
        }
    }

    private static byte[] see(Row row) {
        try (Image drawn = draw(row);
                Image seen = new Preprocessor(row.contract()).see(drawn)) {
            return seen.toRgbOrGray();
        }
    }

    private static Image draw(Row row) {
        int channels = row.mode().length();
        byte[] pixels = new byte[row.height() * row.width() * channels];
        int at = 0;
        for (int y = 0; y < row.height(); y++) {
            for (int x = 0; x < row.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    // pixels are stored blue first
                    int stored = channels > 1 && c != 1 && c != 3 ? 2 - c : c;
                    pixels[at + stored] = row.drawing().equals("noise") ? noise(x, y, c) : ramp(x, y, c);
                }
                at += channels;
            }
        }
        Mat mat = new Mat(row.height(), row.width(), opencv_core.CV_8UC(channels));
        mat.data().put(pixels);
        return new Image(mat);
    }

    private static byte ramp(int x, int y, int c) {
        return (byte) (x * 5 + y * 3 + c * 85);
    }

    /** An integer hash of the place; 32-bit arithmetic that wraps around. */
    private static byte noise(int x, int y, int c) {
        int v = x * 7919 + y * 104729 + c * 1299709 + 12345;
        v = v * 1103515245 + 12345;
        v = (v ^ v >>> 15) * (int) 2246822519L;
        v = (v ^ v >>> 13) * (int) 3266489917L;
        return (byte) (v ^ v >>> 16);
    }

    private static String upper(String word) {
        return word.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
