package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.reading.ImageHeaders;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The folder that an export is written into before it gets its name. For one thread. */
public final class ExportFolder {

    private static final int JPEG_QUALITY = 98;

    private final Path root;
    private final boolean turnsUpright;
    private final Set<Path> made = new HashSet<>();
    private final ImageHeaders headers = new ImageHeaders();
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final ImageWriter writer = new ImageWriter();
    private long upright;

    /**
     * A folder.
     *
     * @param root that exists
     * @param turnsUpright whether images with an EXIF orientation are written with upright pixels
     */
    ExportFolder(Path root, boolean turnsUpright) {
        this.root = root;
        this.turnsUpright = turnsUpright;
    }

    /** Images whose pixels were turned. */
    long upright() {
        return upright;
    }

    /** A path of a file to be written; its folder is made. */
    public Path file(String relative) throws IOException {
        Path file = root.resolve(relative).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("the name %s leads out of the folder".formatted(relative));
        }
        Path parent = file.resolveSibling("");
        if (made.add(parent)) {
            Files.createDirectories(parent);
        }
        return file;
    }

    /** A text file in UTF-8; the caller closes it. */
    public BufferedWriter text(String relative) throws IOException {
        return Files.newBufferedWriter(file(relative), StandardCharsets.UTF_8);
    }

    /**
     * Writes an image: a hard link or copy of its file, or upright pixels. JPEG files are written anew with quality 98,
     * others as PNG.
     */
    public void image(ExchangedImage image, String relative) throws IOException {
        Path target = file(relative);
        switch (image.source()) {
            case EncodedSource.InFile(Path source) -> {
                if (!turnsUpright || headers.read(source).orientation() == 1) {
                    link(source, target);
                } else {
                    writeUpright(image.source().read(), target);
                }
            }
            case EncodedSource.Stored stored -> {
                byte[] bytes = stored.read();
                if (!turnsUpright || decoder.header(bytes).orientation() == 1) {
                    Files.write(target, bytes);
                } else {
                    writeUpright(bytes, target);
                }
            }
        }
    }

    private static void link(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING); // another file system, or none with links
        }
    }

    private void writeUpright(byte[] bytes, Path target) throws IOException {
        ImageHeader header = decoder.header(bytes);
        try (Image image = decoder.decode(bytes)) {
            Files.write(
                    target, header.format() == ImageFormat.JPEG ? writer.jpeg(image, JPEG_QUALITY) : writer.png(image));
        }
        upright++;
    }

    /** The name that an image has in the export: turned images that are no JPEG become PNG. */
    String nameOf(ExchangedImage image) throws IOException {
        if (!turnsUpright
                || image.name().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|jpe|jfif|png|apng|bmp|dib|gif|p.m)")) {
            return image.name();
        }
        boolean turned = decoder.header(image.source().read()).orientation() != 1;
        return turned ? image.name().replaceFirst("\\.[^./]*$", "") + ".png" : image.name();
    }
}
