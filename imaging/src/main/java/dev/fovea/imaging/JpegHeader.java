package dev.fovea.imaging;

import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.JpegFrame;
import dev.fovea.imaging.codec.TiffDirectory;
import dev.fovea.imaging.codec.XmpOrientation;
import java.util.Arrays;
import java.util.Optional;

/** Walks a JPEG's marker segments (ITU-T T.81, annex B). */
final class JpegHeader {

    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;
    private static final int APP1 = 0xe1;
    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

    private JpegHeader() {}

    static ImageHeader read(byte[] bytes) {
        Orientations found = new Orientations(bytes);
        JpegFrame frame = JpegFrame.read(bytes, found::segment);
        return new ImageHeader(ImageFormat.JPEG, frame.width(), frame.height(), found.orientation());
    }

    /** Orientation from the application segments; EXIF takes precedence over XMP. */
    private static final class Orientations {

        private final byte[] bytes;
        private Optional<Integer> exif = Optional.empty();
        private Optional<Integer> xmp = Optional.empty();

        Orientations(byte[] bytes) {
            this.bytes = bytes;
        }

        void segment(int marker, int at, int length) {
            ByteReader reader = new ByteReader(bytes, false);
            if (marker == APP1 && reader.matches(at, EXIF)) {
                exif = new TiffDirectory(bytes, at + EXIF.length()).statedOrientation();
            } else if (marker == APP1 && reader.matches(at, XMP)) {
                xmp = XmpOrientation.in(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length)));
            }
        }

        int orientation() {
            return exif.or(() -> xmp).orElse(1);
        }
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
