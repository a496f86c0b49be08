package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.formats.TextMessage.Field;
import dev.fovea.model.formats.TextMessage.Value;
import dev.fovea.model.formats.TextTokens.Kind;
import dev.fovea.model.formats.TextTokens.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads protobuf's text format without knowing the message's type. Source: protobuf.dev, "Text Format Language
 * Specification"; extensions and the rarer escapes are left out. Errors: {@code ARGUMENT_INVALID} with the line.
 */
final class TextMessageReader {

    private static final int DEEPEST = 50;

    private final String source;
    private final TextTokens tokens;
    private Token token;

    private TextMessageReader(String text, String source) {
        this.source = source;
        this.tokens = new TextTokens(text);
        this.token = tokens.next();
    }

    /** Reads a whole text; {@code source} is named in errors. */
    static TextMessage read(String text, String source) {
        TextMessageReader reader = new TextMessageReader(text, source);
        TextMessage message = reader.message(0);
        if (reader.token.kind() != Kind.END) {
            throw reader.error();
        }
        return message;
    }

    /** Everything up to a closing bracket or the end. */
    private TextMessage message(int depth) {
        List<Field> fields = new ArrayList<>();
        while (token.kind() == Kind.WORD) {
            String name = token.text();
            next();
            boolean colon = take(":");
            if (take("[")) {
                list(name, fields, depth);
            } else {
                fields.add(new Field(name, value(colon, depth)));
            }
            if (!take(",")) {
                take(";");
            }
        }
        return new TextMessage(fields);
    }

    private void list(String name, List<Field> fields, int depth) {
        while (!take("]")) {
            fields.add(new Field(name, value(true, depth)));
            if (!take(",") && !token.is("]")) {
                throw error();
            }
        }
    }

    private Value value(boolean colon, int depth) {
        if (token.is("{") || token.is("<")) {
            return nested(token.is("{") ? "}" : ">", depth);
        }
        if (colon && token.kind() == Kind.WORD) {
            String word = token.text();
            next();
            return new Value.Word(word);
        }
        if (colon && token.kind() == Kind.TEXT) {
            StringBuilder whole = new StringBuilder();
            for (; token.kind() == Kind.TEXT; next()) {
                whole.append(token.text()); // texts side by side are one
            }
            return new Value.Text(whole.toString());
        }
        throw error();
    }

    private Value nested(String close, int depth) {
        next();
        if (depth >= DEEPEST) {
            throw error();
        }
        TextMessage inner = message(depth + 1);
        if (!take(close)) {
            throw error();
        }
        return new Value.Nested(inner);
    }

    private boolean take(String mark) {
        boolean there = token.is(mark);
        if (there) {
            next();
        }
        return there;
    }

    private void next() {
        token = tokens.next();
    }

    private FoveaException error() {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "%s is not in protobuf's text format near line %d. Mend it or take it away."
                        .formatted(source, tokens.line()));
    }
}
