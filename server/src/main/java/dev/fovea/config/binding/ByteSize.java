package dev.fovea.config.binding;

import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written with its unit: {@code 64MB} (10⁶ bytes) or {@code 64MiB} (2²⁰ bytes). */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(B|kB|MB|GB|KiB|MiB|GiB)");
    private static final Map<String, Long> UNITS = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);

    /** Reads one; empty for text without a unit, and for what no {@code long} holds. */
    public static Optional<ByteSize> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigInteger bytes = new BigInteger(matcher.group(1))
                .multiply(BigInteger.valueOf(Objects.requireNonNull(UNITS.get(matcher.group(2)))));
        return bytes.bitLength() < Long.SIZE ? Optional.of(new ByteSize(bytes.longValue())) : Optional.empty();
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The bytes of something that an array or a framework's {@code int} holds; the key's maximum sees to that. */
    public int intBytes() {
        return Math.toIntExact(bytes);
    }
}
