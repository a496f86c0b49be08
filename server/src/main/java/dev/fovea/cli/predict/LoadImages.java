package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.UnreadableFile;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The images that a load test sends, held in memory as files' bytes. */
final class LoadImages {

    /** No more than so many files of a folder are read. */
    static final int MOST = 1000;

    private static final long MOST_BYTES = 256L << 20;
    private static final int DRAWN_OF_EACH_KIND = 4;

    private LoadImages() {}

    /** Cloth of every kind, some 30 kB each; always the same. */
    static List<byte[]> drawn() {
        List<byte[]> images = new ArrayList<>();
        for (int seed = 0; seed < DRAWN_OF_EACH_KIND; seed++) {
            for (FabricClass kind : FabricClass.values()) {
                images.add(Fabric.jpeg(kind, seed, Fabric.Conditions.USUAL));
            }
        }
        return images;
    }

    /**
     * The images of a folder and the folders in it, by name: at most {@link #MOST}, and 256 MB of them.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} when there are none or one cannot be read
     */
    static List<byte[]> of(Path folder) {
        try {
            List<byte[]> images = new ArrayList<>();
            long bytes = 0;
            for (Path file : files(folder)) {
                byte[] image = Files.readAllBytes(file);
                bytes += image.length;
                if (bytes > MOST_BYTES && !images.isEmpty()) {
                    break;
                }
                images.add(image);
            }
            if (images.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--images is %s, and there is no image in it. Name a folder with JPEG, PNG, WebP, BMP, TIFF, GIF or PPM files."
                                .formatted(folder));
            }
            return images;
        } catch (IOException e) {
            throw UnreadableFile.error(folder, e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> ImageFormat.looksLikeImage(file.toString()))
                    .sorted()
                    .limit(MOST)
                    .toList();
        }
    }
}
