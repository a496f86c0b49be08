package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of the query string alone. The servlet's own {@code getParameter} would read the body as a form
 * whenever a client labels it one, as curl does by default, and the image would be gone.
 */
public record QueryParameters(MultiValueMap<String, String> values) {

    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");
    private static final QueryParameters NONE = new QueryParameters(new LinkedMultiValueMap<>(0));

    /** Those of a query string, which may be absent; {@code ARGUMENT_INVALID} for one that is badly encoded. */
    public static QueryParameters of(@Nullable String query) {
        if (query == null) {
            return NONE;
        }
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        try {
            UrlEncoded.decodeUtf8To(query, 0, query.length(), values::add);
        } catch (IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The query \"%s\" is not encoded as URLs are; write a %% of its own as %%25.".formatted(query),
                    e);
        }
        return new QueryParameters(values);
    }

    /**
     * The same; {@code ARGUMENT_INVALID} for a parameter that is unknown or given twice: a typing error, most likely.
     */
    public QueryParameters only(String... known) {
        return only(Set.of(), known);
    }

    /** The same where some parameters may be given several times. */
    public QueryParameters only(Set<String> repeatable, String... known) {
        values.forEach((name, given) -> {
            if (!List.of(known).contains(name)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The parameter \"%s\" is unknown; this request takes %s."
                                .formatted(name, known.length == 0 ? "none" : String.join(" and ", known)));
            }
            if (given.size() > 1 && !repeatable.contains(name)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The parameter %s is given %d times; give it once.".formatted(name, given.size()));
            }
        });
        return this;
    }

    /** A whole number above zero; {@code ARGUMENT_INVALID} for anything else. */
    public Optional<Integer> positive(String name) {
        String text = values.getFirst(name);
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        if (!POSITIVE.matcher(text).matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The parameter %s is \"%s\"; it must be a whole number above 0.".formatted(name, text));
        }
        return Optional.of(Integer.valueOf(text));
    }
}
