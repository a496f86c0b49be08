package dev.fovea.imaging;

import dev.fovea.imaging.codec.JpegFrame;
import dev.fovea.imaging.metadata.JpegMetadata;

/** Walks a JPEG's marker segments (ITU-T T.81, annex B). */
final class JpegHeader {

    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;

    private JpegHeader() {}

    static ImageHeader read(byte[] bytes) {
        JpegMetadata metadata = new JpegMetadata(bytes);
        JpegFrame frame = JpegFrame.read(bytes, metadata::segment);
        return new ImageHeader(
                ImageFormat.JPEG,
                frame.width(),
                frame.height(),
                metadata.found().orientation());
    }

    /**
     * Whether the compressed data ends as it should; one that does not was cut short and decodes to a half grey image.
     */
    static boolean isComplete(byte[] bytes) {
        for (int at = bytes.length - 2; at > 1; at--) {
            if ((bytes[at] & 0xff) == 0xff) {
                int marker = bytes[at + 1] & 0xff;
                if (marker == EOI) {
                    return true;
                }
                if (marker == SOS) {
                    return false;
                }
            }
        }
        return false;
    }
}
