package dev.fovea.api.data;

import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.quality.Thumbnails;
import dev.fovea.runtime.DecodePool;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Images as a browser shows them. Native work is done on the decode pool. Thread-safe. */
public final class ShownImages {

    private static final int THUMBNAIL_EDGE = 256;

    private final Datasets datasets;
    private final DecodePool pool;
    private final Decoder decoder;
    private final Thumbnails thumbnails;
    private final ImageWriter writer = new ImageWriter();

    public ShownImages(Datasets datasets, DecodePool pool, ImageLimits limits) {
        this.datasets = datasets;
        this.pool = pool;
        this.decoder = new Decoder(limits);
        this.thumbnails = new Thumbnails(THUMBNAIL_EDGE, limits);
    }

    /** A file and its media type. */
    record ShownImage(byte[] bytes, String mediaType) {}

    /** The file itself, where browsers show its format upright; else a PNG. */
    ShownImage shown(StoredImage image) {
        byte[] bytes = datasets.bytes(image);
        return switch (image.format()) {
            case JPEG -> new ShownImage(bytes, "image/jpeg");
            case PNG -> new ShownImage(bytes, "image/png");
            case WEBP -> new ShownImage(bytes, "image/webp");
            case BMP -> new ShownImage(bytes, "image/bmp");
            case GIF -> new ShownImage(bytes, "image/gif");
            case TIFF, PNM -> new ShownImage(decoded(bytes.length, () -> png(bytes)), "image/png");
        };
    }

    ShownImage thumbnail(StoredImage image) {
        byte[] bytes = datasets.bytes(image);
        return new ShownImage(decoded(bytes.length, () -> thumbnails.jpeg(bytes)), "image/jpeg");
    }

    private byte[] png(byte[] bytes) {
        try (Image image = decoder.decode(bytes)) {
            return writer.png(image);
        }
    }

    private byte[] decoded(long bytes, Callable<byte[]> work) {
        try {
            return pool.submit(bytes, work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.STOPPING, "The server is stopping.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FoveaException known
                    ? known
                    : new FoveaException(
                            ErrorCode.INTERNAL, "The image could not be drawn; see the log.", e.getCause());
        }
    }
}
