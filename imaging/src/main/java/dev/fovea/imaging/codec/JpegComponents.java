package dev.fovea.imaging.codec;

import java.awt.Rectangle;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The components of a JPEG as they are stored, by the JDK's libjpeg: OpenCV always makes blue-green-red of four, which
 * loses a bit of CMYK. Rows are read in slices of at most 16 million samples.
 */
public final class JpegComponents implements RowSource {

    private static final int SLICE_SAMPLES = 1 << 24;

    private final ImageReader reader;
    private final MemoryCacheImageInputStream in;
    private final JpegFrame frame;
    private final int sliceRows;
    private byte[] slice = new byte[0];
    private int y;

    /** A stream without application segments, so that nothing of them turns colours. */
    public JpegComponents(byte[] stream) throws IOException {
        this.frame = JpegFrame.read(stream, (marker, at, length) -> {});
        this.sliceRows = Math.max(1, SLICE_SAMPLES / Math.max(1, frame.width() * frame.components()));
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        if (!readers.hasNext()) {
            throw new IOException("this Java has no JPEG reader");
        }
        this.reader = readers.next();
        this.in = new MemoryCacheImageInputStream(new ByteArrayInputStream(stream));
        reader.setInput(in, false, true);
    }

    int width() {
        return frame.width();
    }

    int height() {
        return frame.height();
    }

    int components() {
        return frame.components();
    }

    @Override
    public void next(byte[] row) throws IOException {
        int length = frame.width() * frame.components();
        int line = y % sliceRows;
        if (line == 0) {
            slice = slice(Math.min(sliceRows, frame.height() - y));
        }
        System.arraycopy(slice, line * length, row, 0, Math.min(length, row.length));
        y++;
    }

    private byte[] slice(int rows) throws IOException {
        ImageReadParam region = reader.getDefaultReadParam();
        region.setSourceRegion(new Rectangle(0, y, frame.width(), rows));
        try {
            Raster raster = reader.readRaster(0, region);
            byte[] samples = raster.getDataBuffer() instanceof DataBufferByte buffer ? buffer.getData() : new byte[0];
            if (samples.length != rows * frame.width() * frame.components()) {
                throw new IOException("a JPEG of %d components".formatted(raster.getNumBands()));
            }
            return samples;
        } catch (RuntimeException e) {
            throw new IOException("a JPEG stream does not decode", e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }
}
