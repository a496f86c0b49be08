package dev.fovea.imaging.codec;

import java.io.ByteArrayOutputStream;

/** Rewrites JPEG streams without their application segments, so that the caller alone decides the colour space. */
public final class JpegSegments {

    private static final int SOI = 0xd8;
    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;
    private static final int FIRST_APPLICATION = 0xe0;
    private static final int LAST_APPLICATION = 0xef;
    private static final int COMMENT = 0xfe;

    /** Adobe's colour transform (segment APP14): none, or YCbCr. */
    public static final int NO_TRANSFORM = 0;

    public static final int YCBCR_TRANSFORM = 1;

    private JpegSegments() {}

    /**
     * One stream: start, a transform (−1 for none), the tables of {@code tables} (an abbreviated stream, or empty),
     * then {@code stream} without its start.
     */
    public static byte[] joined(byte[] tables, byte[] stream, int transform) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(tables.length + stream.length + 32);
        out.write(0xff);
        out.write(SOI);
        if (transform >= 0) {
            out.writeBytes(new byte[] {
                (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
            });
        }
        copy(tables, out);
        copy(stream, out);
        return out.toByteArray();
    }

    /** Every segment but application data, comments, start and end; from the first scan on, everything. */
    private static void copy(byte[] stream, ByteArrayOutputStream out) {
        ByteReader reader = new ByteReader(stream, false);
        int at = 0;
        while (at + 4 <= stream.length) {
            int marker = reader.u8(at + 1L);
            if (reader.u8(at) != 0xff) {
                at++;
                continue;
            }
            if (marker == SOS) {
                out.write(stream, at, stream.length - at);
                return;
            }
            if (marker == EOI || JpegFrame.standsAlone(marker)) {
                at += marker == 0xff ? 1 : 2;
                continue;
            }
            int length = Math.min(2 + reader.u16(at + 2L), stream.length - at);
            if ((marker < FIRST_APPLICATION || marker > LAST_APPLICATION) && marker != COMMENT) {
                out.write(stream, at, length);
            }
            at += length;
        }
    }
}
