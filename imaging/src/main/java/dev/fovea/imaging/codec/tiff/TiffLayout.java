package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.TiffDirectory;

/**
 * Location of a TIFF's pixels: strips or tiles, both called chunks. Validated against hostile values: decoding work is
 * bounded by a small multiple of the image size.
 */
final class TiffLayout {

    private static final int MAX_CHUNKS = 1 << 18;
    private static final int MAX_EDGE = 1 << 26;
    private static final long SPARE_PIXELS = 1 << 24;
    private static final int SEPARATE = 2;

    final int width;
    final int height;
    final int chunkWidth;
    final int chunkHeight;
    final int across;
    final int down;
    final boolean planar;
    final boolean tiled;
    private final long[] offsets;
    private final long[] counts;

    TiffLayout(TiffDirectory tags, int samplesPerPixel) {
        this.width = edge(tags, TiffDirectory.WIDTH);
        this.height = edge(tags, TiffDirectory.HEIGHT);
        this.planar = samplesPerPixel > 1 && tags.value(TiffDirectory.PLANAR).orElse(1) == SEPARATE;
        long[] strips = tags.values(TiffDirectory.STRIP_OFFSETS);
        this.tiled = strips.length == 0 || tags.value(TiffDirectory.TILE_WIDTH).isPresent();
        this.offsets = tiled && tags.values(TiffDirectory.TILE_OFFSETS).length > 0
                ? tags.values(TiffDirectory.TILE_OFFSETS)
                : strips;
        long[] tileCounts = tags.values(TiffDirectory.TILE_BYTE_COUNTS);
        this.counts = tiled && tileCounts.length > 0 ? tileCounts : tags.values(TiffDirectory.STRIP_BYTE_COUNTS);
        this.chunkWidth = tiled ? edge(tags, TiffDirectory.TILE_WIDTH) : width;
        this.chunkHeight = tiled
                ? edge(tags, TiffDirectory.TILE_HEIGHT)
                : (int) Math.min(tags.value(TiffDirectory.ROWS_PER_STRIP).orElse(height), height);
        if (chunkHeight == 0) {
            throw ImageRefusal.damaged("TIFF with 0 rows per strip");
        }
        this.across = (width - 1) / chunkWidth + 1;
        this.down = (height - 1) / chunkHeight + 1;
        check(samplesPerPixel);
    }

    private void check(int samplesPerPixel) {
        long chunks = (long) across * down * (planar ? samplesPerPixel : 1);
        long padded = (long) across * chunkWidth * height;
        if (chunks > MAX_CHUNKS || padded > 4L * width * height + SPARE_PIXELS) {
            throw ImageRefusal.damaged("TIFF of %d×%d pixels states %s of %d×%d"
                    .formatted(width, height, tiled ? "tiles" : "strips", chunkWidth, chunkHeight));
        }
        if (offsets.length < chunks) {
            throw ImageRefusal.damaged("TIFF states %d offsets for its %d %s"
                    .formatted(offsets.length, chunks, tiled ? "tiles" : "strips"));
        }
    }

    private static int edge(TiffDirectory tags, int tag) {
        long value = tags.value(tag).orElse(0);
        if (value <= 0 || value > MAX_EDGE) {
            throw ImageRefusal.damaged("TIFF states %d for tag %d".formatted(value, tag));
        }
        return (int) value;
    }

    /** Rows of the image that a chunk in that row of chunks covers. */
    int rows(int chunkRow) {
        return Math.min(chunkHeight, height - chunkRow * chunkHeight);
    }

    /** Columns of the image that a chunk in that column of chunks covers. */
    int columns(int chunkColumn) {
        return Math.min(chunkWidth, width - chunkColumn * chunkWidth);
    }

    /** The bytes of a chunk within the file; one that states no length reaches to the file's end. */
    TiffChunk chunk(int plane, int chunkRow, int chunkColumn, int fileLength) {
        int index = (plane * down + chunkRow) * across + chunkColumn;
        long offset = offsets[index];
        if (offset <= 0 || offset >= fileLength) {
            throw ImageRefusal.damaged("TIFF of %d bytes states pixels at byte %d".formatted(fileLength, offset));
        }
        long stated = index < counts.length ? counts[index] : 0;
        long left = fileLength - offset;
        return new TiffChunk((int) offset, (int) (stated <= 0 ? left : Math.min(stated, left)));
    }
}
