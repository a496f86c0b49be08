package dev.fovea.datasets.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What headers before a member's own state about it.
 *
 * @param name instead of the header's
 * @param size instead of the header's
 */
record TarExtension(Optional<String> name, Optional<Long> size) {

    static final TarExtension NONE = new TarExtension(Optional.empty(), Optional.empty());

    TarExtension withName(String longName) {
        return new TarExtension(Optional.of(longName), size);
    }

    /** Records {@code LENGTH KEY=VALUE\n} of a pax header; other keys and what is no record are left alone. */
    TarExtension with(byte[] records) {
        TarExtension result = this;
        int at = 0;
        while (at < records.length) {
            int blank = at;
            while (blank < records.length && records[blank] != ' ') {
                blank++;
            }
            String digits = new String(records, at, blank - at, StandardCharsets.US_ASCII);
            int length = digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
            if (length <= blank - at + 1 || at + length > records.length) {
                return result;
            }
            result = result.with(new String(records, blank + 1, at + length - blank - 2, StandardCharsets.UTF_8));
            at += length;
        }
        return result;
    }

    private TarExtension with(String pair) {
        if (pair.startsWith("path=")) {
            return withName(pair.substring("path=".length()));
        }
        String size = pair.startsWith("size=") ? pair.substring("size=".length()) : "";
        return size.matches("\\d{1,18}") ? new TarExtension(name, Optional.of(Long.parseLong(size))) : this;
    }
}
