package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Resize.ResizeEngine;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes that Pillow and OpenCV themselves gave for real images. */
class GoldenPreprocessTest {

    @Test
    void shouldGiveTheBytesOfPillowAndOpenCvOnEveryGoldenRow() throws Exception {
        Path folder = SharedData.folder("golden-preprocess");
        List<String> differing = new ArrayList<>();
        List<String[]> rows = SharedData.csv(folder.resolve("INDEX.csv"));
        for (String[] row : rows) {
            byte[] image = Files.readAllBytes(folder.resolveSibling(row[0]));
            String got = sha256(see(image, contract(row[1])));
            if (!got.equals(row[4])) {
                differing.add(row[0] + " " + row[1]);
            }
        }
        assertThat(rows).hasSize(102);
        assertThat(differing).isEmpty();
    }

    private static byte[] see(byte[] bytes, PreprocessingContract contract) {
        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(bytes, contract);
                Image seen = new Preprocessor(contract).see(image)) {
            return seen.toRgbOrGray();
        }
    }

    private static PreprocessingContract contract(String pipeline) throws IOException {
        return switch (pipeline) {
            case "pil-shortest256-bilinear-crop224" ->
                contract(
                        new Resize.ShortestEdge(256, Filter.BILINEAR, ResizeEngine.PILLOW),
                        Optional.of(Size.square(224)),
                        Alpha.WHITE);
            case "pil-shortest256-bicubic-crop224" ->
                contract(
                        new Resize.ShortestEdge(256, Filter.BICUBIC, ResizeEngine.PILLOW),
                        Optional.of(Size.square(224)),
                        Alpha.WHITE);
            case "pil-stretch96-lanczos" ->
                contract(
                        new Resize.Stretch(Size.square(96), Filter.LANCZOS, ResizeEngine.PILLOW),
                        Optional.empty(),
                        Alpha.WHITE);
            case "pil-stretch224-bilinear" ->
                contract(
                        new Resize.Stretch(Size.square(224), Filter.BILINEAR, ResizeEngine.PILLOW),
                        Optional.empty(),
                        Alpha.WHITE);
            case "cv2-stretch224-area" ->
                contract(
                        new Resize.Stretch(Size.square(224), Filter.AREA, ResizeEngine.OPENCV),
                        Optional.empty(),
                        new Alpha.Drop());
            case "cv2-letterbox320-linear-pad114" ->
                contract(
                        new Resize.Letterbox(
                                Size.square(320), Filter.BILINEAR, ResizeEngine.OPENCV, 114, Resize.Anchor.CENTER),
                        Optional.empty(),
                        new Alpha.Drop());
            default -> throw new IOException("unknown pipeline " + pipeline);
        };
    }

    private static PreprocessingContract contract(Resize resize, Optional<Size> crop, Alpha alpha) {
        return Contracts.of(resize, crop, ColorOrder.RGB, alpha, DecodeMode.EXACT);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
