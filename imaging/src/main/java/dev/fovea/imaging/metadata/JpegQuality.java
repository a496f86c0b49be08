package dev.fovea.imaging.metadata;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.JpegFrame;
import java.util.OptionalInt;

/**
 * The quality with which a JPEG was saved, 1 to 100: the quality at which the Independent JPEG Group's library writes a
 * luminance table whose sum is nearest to that of the file's table 0. Exact for programs that scale its tables, as
 * OpenCV, Pillow and most others do; for cameras with tables of their own it is the quality that loses as much.
 *
 * <p>Sources: ITU-T T.81, annexes B.2.4.1 and K.1; {@code jpeg_quality_scaling} of libjpeg.
 */
public final class JpegQuality {

    private static final int DQT = 0xdb;
    private static final int VALUES = 64;
    private static final int MAX = 100;
    private static final int MAX_VALUE = 32767;
    private static final int MAX_BASELINE_VALUE = 255;

    /** Table K.1. */
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final int[] BASELINE_SUMS = sums(MAX_BASELINE_VALUE);
    private static final int[] WIDE_SUMS = sums(MAX_VALUE);

    private JpegQuality() {}

    /** The quality; empty where the file has no such table before its frame, or is no JPEG. */
    public static OptionalInt of(byte[] jpeg) {
        Luminance table = new Luminance(jpeg);
        try {
            JpegFrame.read(jpeg, table);
        } catch (ByteReader.OutOfBytes | FoveaException e) {
            return OptionalInt.empty();
        }
        return table.sum == 0 ? OptionalInt.empty() : OptionalInt.of(nearest(table.sum, table.sums));
    }

    /** The sum of the tables that libjpeg writes with a quality, at the quality's index. */
    private static int[] sums(int max) {
        int[] sums = new int[MAX + 1];
        for (int quality = 1; quality <= MAX; quality++) {
            int percent = quality < MAX / 2 ? 5000 / quality : 200 - 2 * quality;
            for (int value : LUMINANCE) {
                sums[quality] += Math.clamp((value * percent + 50) / 100, 1, max);
            }
        }
        return sums;
    }

    /** Sums fall with the quality. */
    private static int nearest(int sum, int[] sums) {
        int low = 1;
        int high = MAX;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sums[middle] <= sum) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low > 1 && sums[low - 1] - sum < sum - sums[low] ? low - 1 : low;
    }

    /** Adds up the values of table 0. */
    private static final class Luminance implements JpegFrame.SegmentReceiver {

        private final ByteReader in;
        private int sum;
        private int[] sums = BASELINE_SUMS;

        Luminance(byte[] jpeg) {
            this.in = new ByteReader(jpeg, false);
        }

        @Override
        public void segment(int marker, int at, int length) {
            if (marker != DQT) {
                return;
            }
            int next = at;
            while (next < at + length) {
                int head = in.u8(next++);
                int bytes = (head >> 4) + 1;
                if ((head & 0xf) == 0) {
                    sums = bytes == 1 ? BASELINE_SUMS : WIDE_SUMS;
                    sum = 0;
                    for (int i = 0; i < VALUES; i++) {
                        sum += bytes == 1 ? in.u8(next + i) : in.u16(next + 2L * i);
                    }
                }
                next += bytes * VALUES;
            }
        }
    }
}
