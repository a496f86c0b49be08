package dev.fovea.pipeline.jobs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the image files of a request into memory. */
public final class ImageFiles {

    /** Maximum number of files of a folder. */
    public static final int MAX_FILES = 1000;

    private static final long MAX_BYTES = 256L << 20;

    private ImageFiles() {}

    /** The encoded images by file name; {@code ARGUMENT_INVALID} for one that cannot be read. */
    public static Map<String, byte[]> read(List<Path> paths) {
        Map<String, byte[]> images = new TreeMap<>();
        for (Path path : paths) {
            try {
                images.put(path.getFileName().toString(), Files.readAllBytes(path));
            } catch (IOException e) {
                throw UnreadableFile.error(path, e);
            }
        }
        return images;
    }

    /**
     * The images of a folder and the folders in it, by name: at most {@link #MAX_FILES}, and 256 MB of them.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} when there are none or one cannot be read
     */
    public static List<byte[]> of(Path folder) {
        try {
            List<byte[]> images = new ArrayList<>();
            long bytes = 0;
            for (Path file : files(folder)) {
                byte[] image = Files.readAllBytes(file);
                bytes += image.length;
                if (bytes > MAX_BYTES && !images.isEmpty()) {
                    break;
                }
                images.add(image);
            }
            if (images.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "images is %s, which contains no image. Use a folder with JPEG, PNG, WebP, BMP, TIFF, GIF or PPM files."
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
                    .limit(MAX_FILES)
                    .toList();
        }
    }
}
