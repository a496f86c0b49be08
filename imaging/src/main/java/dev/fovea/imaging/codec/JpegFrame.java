package dev.fovea.imaging.codec;

/**
 * The frame header of a JPEG (ITU-T T.81, annex B.2.2).
 *
 * @param width in pixels
 * @param height in pixels; 0 where it only follows the first scan
 * @param components per pixel
 * @param bits per sample
 * @param process the frame marker's low byte: 0xc0 baseline, 0xc2 progressive, 0xc3 lossless, 0xc9 arithmetic …
 */
public record JpegFrame(int width, int height, int components, int bits, int process) {

    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;

    /** Receives each segment before the frame. */
    public interface SegmentReceiver {
        /** A segment with a marker and the position of its payload and its length. */
        void segment(int marker, int at, int length);
    }

    /** Walks to the frame header; {@link ByteReader.OutOfBytes} where the file ends before. */
    public static JpegFrame read(byte[] bytes, SegmentReceiver segments) {
        ByteReader reader = new ByteReader(bytes, false);
        long at = 2;
        while (true) {
            while (reader.u8(at) != 0xff) {
                at++;
            }
            int marker = reader.u8(at + 1);
            if (isFrame(marker)) {
                return new JpegFrame(
                        reader.u16(at + 7), reader.u16(at + 5), reader.u8(at + 9), reader.u8(at + 4), marker);
            }
            if (marker == SOS || marker == EOI) {
                throw ImageRefusal.damaged("JPEG file has no frame header before its data");
            }
            if (standsAlone(marker)) {
                at += marker == 0xff ? 1 : 2;
            } else {
                int length = reader.u16(at + 2);
                segments.segment(marker, (int) at + 4, Math.max(0, length - 2));
                at += 2L + length;
            }
        }
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** Whether a marker has no length after it: a fill byte, a stuffed zero, TEM, a restart or the start. */
    static boolean standsAlone(int marker) {
        return marker == 0xff || marker == 0x00 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    }
}
