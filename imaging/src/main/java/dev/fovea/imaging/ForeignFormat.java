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

    private static String isoBrand(String brand) {
        return switch (brand) {
            case "avif", "avis" -> "AVIF";
            case "heic", "heix", "mif1", "hevc" -> "HEIC";
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
