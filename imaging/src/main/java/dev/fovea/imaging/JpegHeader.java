package dev.fovea.imaging;

/** Walks a JPEG's marker segments (ITU-T T.81, annex B). */
final class JpegHeader {

    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;
    private static final int APP1 = 0xe1;

    private JpegHeader() {}

    static PictureHeader read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, false);
        int orientation = 1;
        long at = 2;
        while (true) {
            while (reader.u8(at) != 0xff) {
                at++;
            }
            int marker = reader.u8(at + 1);
            if (isFrame(marker)) {
                return new PictureHeader(PictureFormat.JPEG, reader.u16(at + 7), reader.u16(at + 5), orientation);
            }
            if (marker == APP1 && reader.matches(at + 4, "Exif\0\0")) {
                orientation = new Tiff(bytes, (int) at + 10).orientation();
            }
            if (marker == SOS || marker == EOI) {
                throw HeaderReader.corrupt("JPEG file has no frame header before its data");
            }
            at += standsAlone(marker) ? (marker == 0xff ? 1 : 2) : 2 + reader.u16(at + 2);
        }
    }

    /**
     * Whether the compressed data ends as it should; one that does not was cut short and decodes to a half grey
     * picture.
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

    /** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean standsAlone(int marker) {
        return marker == 0xff || marker == 0x00 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    }
}
