package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ImageHeaders;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The folder that an export is written into before it gets its name. For one thread; image files are written by threads
 * of its own, since making a file costs more than its annotations.
 */
public final class ExportFolder implements AutoCloseable {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int AHEAD = 8 * THREADS;
    private static final Pattern KEEPS_ITS_NAME = Pattern.compile("(?i).*\\.(jpe?g|jpe|jfif|png|apng|bmp|dib|gif|p.m)");

    private static final int JPEG_QUALITY = 98;

    private final Path root;
    private final boolean turnsUpright;
    private final Set<Path> made = new HashSet<>();
    private final ImageHeaders headers = new ImageHeaders();
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final ImageWriter writer = new ImageWriter();
    private final AtomicLong upright = new AtomicLong();
    private final Deque<Future<?>> pending = new ArrayDeque<>();
    private final ExecutorService files = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("export-", 0).daemon().factory());

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
        return upright.get();
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
     * Begins to write an image: a hard link or copy of its file, or upright pixels. JPEG files are written anew with
     * quality 98, others as PNG. Throws what an image before it failed with.
     */
    public void image(ExchangedImage image, String relative) throws IOException {
        Path target = file(relative);
        pending.add(files.submit(() -> {
            write(image, target);
            return target;
        }));
        if (pending.size() >= AHEAD) {
            await(pending.remove());
        }
    }

    /** Returns when all images are written. */
    void finish() throws IOException {
        while (!pending.isEmpty()) {
            await(pending.remove());
        }
    }

    private static void await(Future<?> written) throws IOException {
        try {
            Object _ = written.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The export was cancelled. Nothing was written.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case FoveaException known -> throw known;
                case null, default ->
                    throw new FoveaException(
                            ErrorCode.INTERNAL, "An image could not be written; see the log for the cause.", e);
            }
        }
    }

    /** Stops writing; on return no thread writes into the folder. */
    @Override
    public void close() {
        pending.forEach(each -> {
            boolean _ = each.cancel(false);
        });
        files.close();
    }

    private void write(ExchangedImage image, Path target) throws IOException {
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
        upright.incrementAndGet();
    }

    /** The name that an image has in the export: turned images that are no JPEG become PNG. */
    String nameOf(ExchangedImage image) throws IOException {
        if (!turnsUpright || KEEPS_ITS_NAME.matcher(image.name()).matches()) {
            return image.name();
        }
        boolean turned = decoder.header(image.source().read()).orientation() != 1;
        return turned ? image.name().replaceFirst("\\.[^./]*$", "") + ".png" : image.name();
    }
}
