package dev.fovea.imaging.codec;

/**
 * The header of a portable bitmap, graymap or pixmap (netpbm's pbm(5), pgm(5), ppm(5)).
 *
 * @param kind '1' to '6', the second byte of the file
 * @param width in pixels
 * @param height in pixels
 * @param white the value of white; 1 for bitmaps
 * @param pixelsAt the first byte after the header
 */
public record PnmHeader(char kind, int width, int height, int white, int pixelsAt) {

    private static final int MAX_DIGITS = 10;

    /** Whether the bytes begin as such a file: P1 to P6 and white space. */
    public static boolean matches(byte[] file) {
        return file.length > 2 && file[0] == 'P' && file[1] >= '1' && file[1] <= '6' && isSpace(file[2] & 0xff);
    }

    /** Reads the header; {@link ByteReader.OutOfBytes} where the file ends before. */
    public static PnmHeader read(byte[] file) {
        Tokens tokens = new Tokens(file, 2);
        char kind = (char) file[1];
        long width = tokens.number();
        long height = tokens.number();
        long white = kind == '1' || kind == '4' ? 1 : tokens.number();
        if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw ImageRefusal.damaged("P%c header states a size of %d×%d pixels".formatted(kind, width, height));
        }
        if (white <= 0 || white > 65535) {
            throw ImageRefusal.damaged(
                    "P%c header states %d as the value of white; it must be 1 to 65535".formatted(kind, white));
        }
        return new PnmHeader(kind, (int) width, (int) height, (int) white, tokens.position());
    }

    /** Samples per pixel: 3 or 1. */
    int channels() {
        return kind == '3' || kind == '6' ? 3 : 1;
    }

    /** Whether samples are numbers in text. */
    boolean isText() {
        return kind <= '3';
    }

    /** Whether samples take two bytes. */
    public boolean deep() {
        return white > 255;
    }

    private static boolean isSpace(int value) {
        return value == ' ' || (value >= 9 && value <= 13);
    }

    /** Numbers between white space and comments. */
    static final class Tokens {

        private final ByteReader in;
        private int at;

        Tokens(byte[] file, int at) {
            this.in = new ByteReader(file, false);
            this.at = at;
        }

        /** The position after the one white space that ends the last number. */
        int position() {
            return at;
        }

        long number() {
            skip();
            long value = 0;
            int digits = 0;
            int next = in.u8(at);
            while (next >= '0' && next <= '9' && digits <= MAX_DIGITS) {
                value = value * 10 + next - '0';
                digits++;
                at++;
                next = at < in.length() ? in.u8(at) : ' ';
            }
            if (digits == 0 || digits > MAX_DIGITS || (!isSpace(next) && next != '#')) {
                throw ImageRefusal.damaged("a number was expected at byte %d of a portable pixmap".formatted(at));
            }
            if (next == '#') {
                comment();
            }
            at++;
            return value;
        }

        /** One digit of a bitmap in text, which need not be set apart. */
        int bit() {
            skip();
            int value = in.u8(at++) - '0';
            if (value != 0 && value != 1) {
                throw ImageRefusal.damaged("0 or 1 was expected at byte %d of a portable bitmap".formatted(at - 1));
            }
            return value;
        }

        private void skip() {
            while (isSpace(in.u8(at)) || in.u8(at) == '#') {
                if (in.u8(at) == '#') {
                    comment();
                }
                at++;
            }
        }

        /** Skips to the end of the line: a comment counts as one white space. */
        private void comment() {
            while (in.u8(at) != '\n' && in.u8(at) != '\r') {
                at++;
            }
        }
    }
}
