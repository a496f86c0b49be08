package dev.fovea.cli.data;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.regex.Pattern;

/** Hashes of images as arguments. */
final class Hashes {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Hashes() {}

    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    static ContentHash parse(String text) {
        if (!isHash(text)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is not the hash of an image. Use its 64 hexadecimal digits, as sha256sum shows them."
                            .formatted(Printable.word(text)));
        }
        return ContentHash.parse(text);
    }
}
