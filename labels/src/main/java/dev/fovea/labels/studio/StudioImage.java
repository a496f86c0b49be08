package dev.fovea.labels.studio;

import dev.fovea.datasets.tree.ContentHash;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a Label Studio task refers to its image. No address is fetched. */
public sealed interface StudioImage {

    /** An image of the data set: any text or address with its 64 hexadecimal digits in it. */
    record OfDataset(ContentHash hash) implements StudioImage {}

    /** The file itself, as a {@code data:} address in Base64. */
    record Inline(byte[] bytes) implements StudioImage {}

    /** Something else, such as an address elsewhere. */
    record Unknown() implements StudioImage {}

    /** Reads the value of a task's image. */
    static StudioImage read(String value) {
        Matcher inline = Pattern.compile("data:image/[a-z0-9.+-]+;base64,", Pattern.CASE_INSENSITIVE)
                .matcher(value);
        if (inline.lookingAt()) {
            try {
                return new Inline(Base64.getMimeDecoder().decode(value.substring(inline.end())));
            } catch (IllegalArgumentException _) {
                return new Unknown();
            }
        }
        Matcher hash = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])").matcher(value);
        return Optional.of(hash)
                .filter(Matcher::find)
                .<StudioImage>map(found -> new OfDataset(ContentHash.parse(found.group())))
                .orElseGet(Unknown::new);
    }
}
