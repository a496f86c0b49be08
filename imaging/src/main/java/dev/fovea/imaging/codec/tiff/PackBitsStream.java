package dev.fovea.imaging.codec.tiff;

import java.io.IOException;
import java.io.InputStream;

/** PackBits (TIFF 6.0, section 9): runs of one byte, and bytes as they are. */
final class PackBitsStream extends InputStream {

    private static final int NOTHING = 0x80;

    private final InputStream in;
    private int left;
    private int repeated = -1;

    PackBitsStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        while (left == 0) {
            int control = in.read();
            if (control < 0) {
                return -1;
            }
            if (control < NOTHING) {
                left = control + 1;
                repeated = -1;
            } else if (control > NOTHING) {
                left = 257 - control;
                repeated = in.read();
                if (repeated < 0) {
                    return -1;
                }
            }
        }
        left--;
        return repeated >= 0 ? repeated : in.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int value = read();
            if (value < 0) {
                return done == 0 ? -1 : done;
            }
            into[from + done++] = (byte) value;
        }
        return done;
    }
}
