package dev.fovea.serving;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Values of HTTP headers as their senders mean them. */
final class HeaderText {

    private static final int LATIN_1 = 0xff;

    private HeaderText() {}

    /**
     * The text of a value that a server has read as ISO 8859-1, as RFC 9110 (section 5.5) has it: UTF-8 where the bytes
     * are UTF-8, which clients such as curl send, and as it is otherwise.
     */
    static String decoded(String value) {
        if (value.chars().allMatch(c -> c < 0x80) || value.chars().anyMatch(c -> c > LATIN_1)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
