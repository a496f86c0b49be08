package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.JpegComponents;
import dev.fovea.imaging.codec.JpegFrame;
import dev.fovea.imaging.codec.JpegSegments;
import dev.fovea.imaging.codec.RowSource;
import dev.fovea.imaging.codec.TiffDirectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Opens the chunks of a TIFF as rows of samples, JPEG streams and shared chroma undone. */
final class TiffChunks implements AutoCloseable {

    private final byte[] file;
    private final TiffDirectory tags;
    private final int compression;
    private final TiffSamples samples;
    private final TiffLayout layout;
    private final TiffCompression coded;
    private final byte[] jpegTables;
    /** The rows of the whole image, where strips only divide one JPEG stream. */
    private Optional<JpegRows> whole = Optional.empty();

    TiffChunks(byte[] file, TiffDirectory tags, int compression, TiffSamples samples, TiffLayout layout) {
        this.file = file;
        this.tags = tags;
        this.compression = compression;
        this.samples = samples;
        this.layout = layout;
        this.coded = new TiffCompression(file, tags, compression);
        this.jpegTables = compression == TiffCompression.JPEG ? tags.bytes(TiffDirectory.JPEG_TABLES) : new byte[0];
        check();
    }

    private void check() {
        boolean jpeg = isJpeg();
        if (jpeg && samples.bits() != 8) {
            throw ImageRefusal.unsupported(
                    "its TIFF contains JPEG of %d bits".formatted(samples.bits()), "Convert it to 8 bits per sample.");
        }
        if (jpeg && samples.photometric() == TiffSamples.PALETTE) {
            throw ImageRefusal.damaged("TIFF with palette indices in JPEG");
        }
        if (isSharedChroma() && (samples.bits() != 8 || samples.alpha() >= 0)) {
            throw ImageRefusal.unsupported("its TIFF contains an unsupported kind of YCbCr", "Convert it to RGB.");
        }
        if (samples.photometric() == TiffSamples.YCBCR && layout.planar) {
            throw ImageRefusal.unsupported("its TIFF contains YCbCr in separate planes", "Convert it to RGB.");
        }
        boolean fax = (compression >= TiffCompression.CCITT_RUNS && compression <= TiffCompression.CCITT_T6)
                || compression == TiffCompression.CCITT_RUNS_WORDS;
        if (fax && (samples.bits() != 1 || samples.perPixel() != 1)) {
            throw ImageRefusal.damaged("TIFF with facsimile coding of %d samples of %d bits"
                    .formatted(samples.perPixel(), samples.bits()));
        }
    }

    /** Bits per sample in the rows that are given. */
    int bits() {
        return samples.bits();
    }

    RowSource open(int plane, int down, int across) throws IOException {
        if (compression == TiffCompression.OLD_JPEG) {
            return oldJpeg(down, across);
        }
        TiffChunk chunk = layout.chunk(plane, down, across, file.length);
        if (compression == TiffCompression.JPEG) {
            return jpeg(chunk, down, across);
        }
        RowSource rows = coded.open(chunk, layout.chunkWidth);
        return isSharedChroma() ? YcbcrRows.shared(rows, layout.chunkWidth, tags) : rows;
    }

    private RowSource jpeg(TiffChunk chunk, int down, int across) throws IOException {
        byte[] stream = Arrays.copyOfRange(file, chunk.offset(), chunk.offset() + chunk.length());
        int components = layout.planar ? 1 : samples.perPixel();
        byte[] joined = JpegSegments.joined(jpegTables, stream, transform(components));
        int found = JpegFrame.read(joined, (marker, at, length) -> {}).components();
        if (found != components) {
            throw new IOException("a JPEG of %d components for %d samples".formatted(found, components));
        }
        JpegRows.check(joined, layout.columns(across), layout.rows(down));
        return components == 1 || components == 3 ? new JpegRows(joined) : new JpegComponents(joined);
    }

    /** The colour transform to declare in the stream, so that libjpeg decodes the colours of the TIFF. */
    private int transform(int components) {
        if (components != 3) {
            return -1;
        }
        return samples.photometric() == TiffSamples.YCBCR ? JpegSegments.YCBCR_TRANSFORM : JpegSegments.NO_TRANSFORM;
    }

    private RowSource oldJpeg(int down, int across) throws IOException {
        OldJpeg jpeg = new OldJpeg(file, tags, layout);
        if (!jpeg.isWhole()) {
            byte[] stream = jpeg.chunk(layout.chunk(0, down, across, file.length), layout.rows(down));
            JpegRows.check(stream, layout.columns(across), layout.rows(down));
            return ranged(new JpegRows(stream));
        }
        if (layout.tiled) {
            throw ImageRefusal.unsupported(
                    "its TIFF has tiles in one old JPEG stream", "Save it anew as TIFF or JPEG.");
        }
        if (whole.isEmpty()) {
            byte[] stream = jpeg.whole();
            JpegRows.check(stream, layout.width, layout.height);
            whole = Optional.of(new JpegRows(stream));
        }
        return ranged(whole.get());
    }

    /** Old-style JPEG stays YCbCr; the TIFF states its range. */
    private RowSource ranged(RowSource rows) {
        return OldJpeg.isRanged(tags) ? YcbcrRows.interpolated(rows, layout.chunkWidth, tags) : rows;
    }

    @Override
    public void close() {
        whole.ifPresent(JpegRows::close);
    }

    private boolean isJpeg() {
        return compression == TiffCompression.JPEG || compression == TiffCompression.OLD_JPEG;
    }

    private boolean isSharedChroma() {
        return samples.photometric() == TiffSamples.YCBCR && !isJpeg();
    }
}
