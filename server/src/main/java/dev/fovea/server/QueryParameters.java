package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The parameters of the query string alone. The servlet's own {@code getParameter} would read the body as a form
 * whenever a client labels it one, as curl does by default, and the picture would be gone.
 */
record QueryParameters(MultiValueMap<String, String> values) {

    private static final QueryParameters NONE = new QueryParameters(new LinkedMultiValueMap<>(0));

    static QueryParameters of(@Nullable String query) {
        if (query == null) {
            return NONE;
        }
        return new QueryParameters(
                UriComponentsBuilder.newInstance().query(query).build().getQueryParams());
    }

    /**
     * The same; {@code ARGUMENT_INVALID} for a parameter that is unknown or given twice: a typing error, most likely.
     */
    QueryParameters only(String... known) {
        values.forEach((name, given) -> {
            if (!List.of(known).contains(name)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The parameter \"%s\" is unknown; this request takes %s."
                                .formatted(name, String.join(" and ", known)));
            }
            if (given.size() > 1) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The parameter %s is given %d times; give it once.".formatted(name, given.size()));
            }
        });
        return this;
    }

    /** A whole number above zero; {@code ARGUMENT_INVALID} for anything else. */
    Optional<Integer> positive(String name) {
        Optional<String> text = Optional.ofNullable(values.getFirst(name)).filter(value -> !value.isEmpty());
        try {
            Optional<Integer> number = text.map(Integer::valueOf);
            if (number.isEmpty() || number.get() > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "The parameter %s is \"%s\"; it must be a whole number above 0.".formatted(name, text.orElse("")));
    }
}
