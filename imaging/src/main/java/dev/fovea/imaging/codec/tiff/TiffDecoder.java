package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.PixelCanvas;
import dev.fovea.imaging.codec.RowSource;
import dev.fovea.imaging.codec.TiffDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes the first image of a TIFF without applying its orientation. Supports baseline TIFF 6.0, tiles, planes,
 * predictors, BigTIFF, and the compressions of {@link TiffCompression}. OpenCV's reader applies the orientation,
 * premultiplies straight alpha, treats any fourth sample as alpha and drops the alpha of grey.
 */
public final class TiffDecoder {

    private final TiffDirectory tags;
    private final int compression;
    private final TiffSamples samples;
    private final TiffLayout layout;
    private final SampleBytes depth;
    private final TiffColors colors;
    private final TiffChunks chunks;
    private final TiffPredictor predictor;
    private final int rowSamples;
    private final byte[] packed;
    private final byte[] scratch;
    private final byte[] bytes;
    private final byte[] pixels;

    private TiffDecoder(byte[] file) {
        this.tags = new TiffDirectory(file, 0);
        this.compression = (int) tags.value(TiffDirectory.COMPRESSION).orElse(TiffCompression.NONE);
        TiffCompression.check(compression);
        this.samples = TiffSamples.of(tags, compression);
        this.layout = new TiffLayout(tags, samples.perPixel());
        this.rowSamples = layout.planar ? 1 : samples.perPixel();
        this.predictor = TiffPredictor.of(tags, samples, compression, rowSamples);
        this.depth = new SampleBytes(samples, predictor.sampleOrderIsLittle());
        this.colors = new TiffColors(samples, tags);
        this.chunks = new TiffChunks(file, tags, compression, samples, layout);
        this.packed = new byte[(int) (((long) layout.chunkWidth * rowSamples * chunks.bits() + 7) / 8)];
        this.scratch = predictor.kind() == TiffPredictor.FLOATING_POINT ? new byte[packed.length] : new byte[0];
        this.bytes = new byte[layout.chunkWidth * samples.perPixel()];
        this.pixels = new byte[layout.chunkWidth * colors.channels()];
    }

    /** 8-bit pixels of 1, 3 or 4 channels; the caller closes them. */
    public static Mat decode(byte[] file) {
        try {
            return new TiffDecoder(file).decode();
        } catch (ByteReader.OutOfBytes e) {
            throw ImageRefusal.damaged("TIFF file of %,d bytes ends inside its directory".formatted(file.length));
        }
    }

    private Mat decode() {
        try (chunks;
                PixelCanvas canvas = new PixelCanvas(layout.width, layout.height, colors.channels())) {
            for (int down = 0; down < layout.down; down++) {
                for (int across = 0; across < layout.across; across++) {
                    chunk(down, across, canvas);
                }
            }
            depth.check();
            return canvas.take();
        } catch (IOException | IndexOutOfBoundsException e) {
            throw ImageRefusal.damaged("the pixels of the TIFF of %d×%d end too soon or do not decode (%s)"
                    .formatted(layout.width, layout.height, e.getMessage()));
        }
    }

    private void chunk(int down, int across, PixelCanvas canvas) throws IOException {
        List<RowSource> planes = new ArrayList<>();
        try {
            for (int plane = 0; plane < (layout.planar ? samples.needed() : 1); plane++) {
                planes.add(chunks.open(plane, down, across));
            }
            int columns = layout.columns(across);
            for (int line = 0; line < layout.rows(down); line++) {
                if (layout.planar) {
                    interleave(planes, columns);
                } else {
                    row(planes.getFirst());
                    depth.unpack(packed, bytes, columns * rowSamples);
                }
                colors.convert(bytes, samples.perPixel(), columns, pixels);
                canvas.put(across * layout.chunkWidth, down * layout.chunkHeight + line, pixels, columns);
            }
        } finally {
            for (RowSource plane : planes) {
                plane.close();
            }
        }
    }

    private void row(RowSource source) throws IOException {
        source.next(packed);
        predictor.undo(packed, scratch);
    }

    private void interleave(List<RowSource> planes, int columns) throws IOException {
        byte[] one = new byte[columns];
        for (int plane = 0; plane < planes.size(); plane++) {
            row(planes.get(plane));
            depth.unpack(packed, one, columns);
            for (int i = 0, at = plane; i < columns; i++, at += samples.perPixel()) {
                bytes[at] = one[i];
            }
        }
    }
}
