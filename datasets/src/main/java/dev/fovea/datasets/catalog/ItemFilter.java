package dev.fovea.datasets.catalog;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.List;

/**
 * Images that have all of some tags. The derived tags {@code class}, {@code split} and {@code labelled} ({@code yes} or
 * {@code no}) can be stated too.
 *
 * @param tags empty for all images
 */
public record ItemFilter(List<Tag> tags) {

    /** All images. */
    public static final ItemFilter ALL = new ItemFilter(List.of());

    public ItemFilter {
        tags = List.copyOf(tags);
    }

    /** Reads {@code name=value} texts; {@code ARGUMENT_INVALID} when one is something else. */
    public static ItemFilter parse(List<String> texts) {
        return new ItemFilter(texts.stream().map(Tag::parse).toList());
    }

    /**
     * A tag of an image.
     *
     * @param name such as {@code camera}
     * @param value such as {@code 3}
     */
    public record Tag(String name, String value) {

        /** Derived from split and annotation, so that it cannot be set. */
        public static final String CLASS = "class";

        /** {@code train}, {@code validation}, {@code test} or {@code unassigned}. */
        public static final String SPLIT = "split";

        /** {@code yes} or {@code no}. */
        public static final String LABELLED = "labelled";

        private static final int LONGEST = 300;

        /** A name and a value as separate texts; {@code ARGUMENT_INVALID} when they are none of a tag. */
        public static Tag of(String name, String value) {
            if (name.contains("=")) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The tag name \"%s\" contains \"=\". Use another name.".formatted(Printable.brief(name)));
            }
            return parse(name + "=" + value);
        }

        /** Reads {@code name=value}. */
        public static Tag parse(String text) {
            int at = text.indexOf('=');
            if (at < 1 || at == text.length() - 1 || text.length() > LONGEST || !Printable.isPlain(text)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"%s\" is not a tag. Use NAME=VALUE of up to %d characters, such as camera=3."
                                .formatted(Printable.brief(text), LONGEST));
            }
            return new Tag(text.substring(0, at).strip(), text.substring(at + 1).strip());
        }

        /** Whether it is derived from other properties. */
        public boolean isDerived() {
            return name.equals(CLASS) || name.equals(SPLIT) || name.equals(LABELLED);
        }

        /** {@code ARGUMENT_INVALID} for a derived tag. */
        public Tag requireSettable() {
            if (isDerived()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The tag \"%s\" is derived and cannot be set. Use fovea data split, or an annotation."
                                .formatted(name));
            }
            return this;
        }
    }
}
