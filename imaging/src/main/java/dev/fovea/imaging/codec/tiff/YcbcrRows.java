package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.Colors;
import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.RowSource;
import dev.fovea.imaging.codec.TiffDirectory;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows of YCbCr with chroma stored once per block (TIFF 6.0, section 21), as red, green, blue. A block is its lumas,
 * row by row, then Cb and Cr; chroma is repeated over the block, as libtiff's RGBA interface does.
 */
final class YcbcrRows implements RowSource {

    private static final double[] BT601 = {0.299, 0.587, 0.114};
    private static final double[] FULL_RANGE = {0, 255, 128, 255, 128, 255};

    private final RowSource blocks;
    private final int width;
    private final int across;
    private final int down;
    private final byte[] stored;
    private final double[] luma;
    private final double[] range;
    private int line;

    /** Blocks as the TIFF states them. */
    static YcbcrRows shared(RowSource blocks, int width, TiffDirectory tags) {
        return new YcbcrRows(blocks, width, tags, subsampling(tags));
    }

    /**
     * Rows of which every pixel has chroma that libjpeg interpolated. It is made one again for the pixels of a row that
     * share it, since libtiff does not interpolate.
     */
    static YcbcrRows interpolated(RowSource rows, int width, TiffDirectory tags) {
        int across = subsampling(tags)[0];
        RowSource shared = row -> {
            rows.next(row);
            for (int x = 0; x + across <= width; x += across) {
                share(row, 3 * x + 1, across);
                share(row, 3 * x + 2, across);
            }
        };
        return new YcbcrRows(shared, width, tags, new int[] {1, 1});
    }

    private static void share(byte[] row, int from, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += row[from + 3 * i] & 0xff;
        }
        for (int i = 0; i < count; i++) {
            row[from + 3 * i] = (byte) (sum / count);
        }
    }

    private YcbcrRows(RowSource blocks, int width, TiffDirectory tags, int[] subsampling) {
        this.blocks = blocks;
        this.width = width;
        this.across = subsampling[0];
        this.down = subsampling[1];
        this.stored = new byte[((width - 1) / across + 1) * (across * down + 2)];
        this.luma = orElse(tags.rationals(TiffDirectory.YCBCR_COEFFICIENTS), BT601);
        this.range = orElse(tags.rationals(TiffDirectory.REFERENCE_BLACK_WHITE), FULL_RANGE);
        this.line = down;
    }

    /** Columns and rows that share chroma: 1, 2 or 4; 2 and 2 where nothing is stated. */
    static int[] subsampling(TiffDirectory tags) {
        long[] stated = tags.values(TiffDirectory.YCBCR_SUBSAMPLING);
        int[] subsampling = stated.length == 2 ? new int[] {(int) stated[0], (int) stated[1]} : new int[] {2, 2};
        for (int factor : subsampling) {
            if (factor != 1 && factor != 2 && factor != 4) {
                throw ImageRefusal.damaged("TIFF states chroma subsampling " + Arrays.toString(subsampling));
            }
        }
        return subsampling;
    }

    private static double[] orElse(double[] stated, double[] usual) {
        boolean sane = stated.length == usual.length && Arrays.stream(stated).allMatch(Double::isFinite);
        return sane && Arrays.stream(stated).sum() > 0 ? stated : usual;
    }

    @Override
    public void next(byte[] row) throws IOException {
        if (line == down) {
            blocks.next(stored);
            line = 0;
        }
        int size = across * down + 2;
        for (int x = 0; x < width; x++) {
            int block = x / across * size;
            int y = stored[block + line * across + x % across] & 0xff;
            rgb(y, stored[block + size - 2] & 0xff, stored[block + size - 1] & 0xff, row, 3 * x);
        }
        line++;
    }

    private void rgb(int codeY, int codeCb, int codeCr, byte[] out, int at) {
        double y = (codeY - range[0]) * 255 / span(range[0], range[1]);
        double cb = (codeCb - range[2]) * 127 / span(range[2], range[3]);
        double cr = (codeCr - range[4]) * 127 / span(range[4], range[5]);
        double red = y + cr * (2 - 2 * luma[0]);
        double blue = y + cb * (2 - 2 * luma[2]);
        double green = (y - luma[2] * blue - luma[0] * red) / (luma[1] == 0 ? 1 : luma[1]);
        out[at] = Colors.clamped(red);
        out[at + 1] = Colors.clamped(green);
        out[at + 2] = Colors.clamped(blue);
    }

    private static double span(double black, double white) {
        return white == black ? 1 : white - black;
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
