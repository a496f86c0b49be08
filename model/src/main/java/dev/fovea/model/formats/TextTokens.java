package dev.fovea.model.formats;

/** The words, marks and quoted texts of protobuf's text format, one after another. Not safe for several threads. */
final class TextTokens {

    /** What kind a token is of. */
    enum Kind {
        /** A number or a name. */
        WORD,
        /** One of <code>{ } &lt; &gt; [ ] : , ;</code>. */
        MARK,
        /** What stood in quotes, with its escapes undone. */
        TEXT,
        END,
        /** A character that begins none of these, or a quote without an end. */
        FAULT
    }

    /** One token. */
    record Token(Kind kind, String text) {
        boolean is(String mark) {
            return kind == Kind.MARK && text.equals(mark);
        }
    }

    private final String text;
    private int at;

    TextTokens(String text) {
        this.text = text;
    }

    /** The line of the place that was reached, from 1. */
    int line() {
        return 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The next token. */
    Token next() {
        skipSpaceAndRemarks();
        if (at >= text.length()) {
            return new Token(Kind.END, "");
        }
        char c = text.charAt(at);
        if (isOfWord(c)) {
            int from = at;
            while (at < text.length() && isOfWord(text.charAt(at))) {
                at++;
            }
            return new Token(Kind.WORD, text.substring(from, at));
        }
        at++;
        if (c == '"' || c == '\'') {
            return quoted(c);
        }
        return new Token("{}<>[]:,;".indexOf(c) < 0 ? Kind.FAULT : Kind.MARK, String.valueOf(c));
    }

    private void skipSpaceAndRemarks() {
        while (at < text.length()) {
            if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private Token quoted(char quote) {
        StringBuilder whole = new StringBuilder();
        for (; at < text.length() && text.charAt(at) != '\n'; at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return new Token(Kind.TEXT, whole.toString());
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = unescaped(text.charAt(++at));
            }
            whole.append(c);
        }
        return new Token(Kind.FAULT, whole.toString());
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '+' || c == '.';
    }
}
