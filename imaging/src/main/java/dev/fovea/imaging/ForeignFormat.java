package dev.fovea.imaging;

import dev.fovea.imaging.codec.ByteReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names what a file is instead, so that a refusal helps. */
final class ForeignFormat {

    private ForeignFormat() {}

    static Optional<String> name(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, false);
        if (reader.matches(4, "ftyp")) {
            return Optional.of(
                    isoBrand(new String(bytes, 8, Math.min(4, bytes.length - 8), StandardCharsets.ISO_8859_1)));
        }
        if (reader.matches(0, "%PDF")) {
            return Optional.of("a PDF");
        }
        if (reader.matches(0, "PK\u0003\u0004")) {
            return Optional.of("a zip archive");
        }
        if (reader.matches(0, "\0\0\0\u000cjP  ") || reader.matches(0, "\u00ffO\u00ffQ")) {
            return Optional.of("JPEG 2000");
        }
        if (reader.matches(0, "\0\0\0\u000cJXL ") || reader.matches(0, "\u00ff\n")) {
            return Optional.of("JPEG XL");
        }
        if (reader.matches(0, "Pf\n") || reader.matches(0, "PF\n")) {
            return Optional.of("PFM, a portable float map");
        }
        if (reader.matches(0, "P7\n")) {
            return Optional.of("PAM, a portable arbitrary map");
        }
        if (reader.matches(0, "P7 332\n")) {
            return Optional.of("a thumbnail of xv");
        }
        if (reader.matches(0, "8BPS")) {
            return Optional.of("a Photoshop file");
        }
        if (reader.matches(0, "<svg")
                || reader.matches(0, "<?xml")
                || reader.matches(0, "<!DOC")
                || reader.matches(0, "<html")) {
            return Optional.of("markup text");
        }
        return isText(bytes) ? Optional.of("text") : Optional.empty();
    }

    /** What to do instead; phones' formats can be switched off where they are made. */
    static String remedy(byte[] bytes) {
        return switch (name(bytes).orElse("")) {
            case "HEIC" ->
                "Convert it: `heif-convert IN.heic OUT.jpg` or `magick IN.heic OUT.jpg`; iPhones send JPEG with"
                        + " Settings > Camera > Formats > Most Compatible.";
            case "AVIF" -> "Convert it: `avifdec IN.avif OUT.png` or `magick IN.avif OUT.png`.";
            case "JPEG 2000" -> "Convert it: `magick IN.jp2 OUT.png`.";
            case "PFM, a portable float map" ->
                "Convert it: `magick IN.pfm OUT.png`, or to a TIFF of 32-bit floats, which is read: `magick IN.pfm OUT.tif`.";
            case "PAM, a portable arbitrary map" ->
                "Convert it: `magick IN.pam OUT.png`, or `pamtopnm IN.pam > OUT.ppm`.";
            case "JPEG XL" -> "Convert it: `djxl IN.jxl OUT.png`.";
            default -> "Send JPEG, PNG, WebP, BMP, TIFF, GIF or PPM.";
        };
    }

    private static String isoBrand(String brand) {
        return switch (brand) {
            case "avif", "avis" -> "AVIF";
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> "HEIC";
            default -> "an MP4 or similar video";
        };
    }

    private static boolean isText(byte[] bytes) {
        int looked = Math.min(bytes.length, 256);
        for (int i = 0; i < looked; i++) {
            int b = bytes[i] & 0xff;
            if (b < 9 || (b > 13 && b < 32) || b == 127) {
                return false;
            }
        }
        return looked > 0;
    }
}
