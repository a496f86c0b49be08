package dev.fovea.fault;

/**
 * Text from elsewhere (names of files, labels, headers) as it may be printed: control characters could move a
 * terminal's cursor, forge lines of a log, or turn the direction of writing.
 */
public final class Printable {

    private static final int BRIEF = 100;

    private Printable() {}

    /** Whether no character would have to be escaped, line breaks and tabs included. */
    public static boolean isPlain(String text) {
        return text.codePoints().noneMatch(Printable::isControl);
    }

    /** The text with control characters as <code>\\u001b</code>; line breaks and tabs stay. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /** The same for text that is part of one line: line breaks and tabs are escaped, too. */
    public static String word(String text) {
        return escaped(text, false);
    }

    /** The same of what may be long, such as a field of a request: at most its first {@value #BRIEF} characters. */
    public static String brief(String text) {
        if (text.length() <= BRIEF) {
            return word(text);
        }
        int end = Character.isHighSurrogate(text.charAt(BRIEF - 1)) ? BRIEF - 1 : BRIEF;
        return "%s… (%,d characters)".formatted(word(text.substring(0, end)), text.length());
    }

    private static String escaped(String text, boolean layout) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!isControl(c) || (layout && (c == '\n' || c == '\t'))) {
                out.appendCodePoint(c);
            } else {
                out.append("\\u%04x".formatted(c));
            }
        });
        return out.toString();
    }

    /** C0, DEL and C1, the line separators, and what turns the direction of writing. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200e
                || c == 0x200f;
    }
}
