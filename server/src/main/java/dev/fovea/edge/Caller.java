package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Who sends a request.
 *
 * @param name that of the API key; empty without keys, and for a key without a name
 */
public record Caller(Optional<String> name) {

    private static final String ATTRIBUTE = Caller.class.getName();
    private static final String NAMELESS = "api";

    static void keep(Request request, String name) {
        request.setAttribute(ATTRIBUTE, name);
    }

    /** The caller of a request in front of the framework. */
    public static Caller of(Request request) {
        return new Caller(Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(String::valueOf));
    }

    /** The caller of a request. */
    public static Caller of(HttpServletRequest request) {
        return new Caller(Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(String::valueOf));
    }

    /** As whom changes are recorded. */
    public String author() {
        return name.orElse(NAMELESS);
    }

    /**
     * Refuses a key with a name where another program labels for its own users: they would label under the name of the
     * key, or the key under theirs.
     *
     * @param program that labels
     * @throws FoveaException {@code FORBIDDEN} for a key with a name
     */
    public void requireNameless(String program) {
        if (name.isPresent()) {
            throw new FoveaException(
                    ErrorCode.FORBIDDEN,
                    "The API key belongs to \"%s\", and %s labels for its own users. Give it a key without a name: an entry KEY, not NAME:KEY, of auth.api-keys."
                            .formatted(Printable.brief(name.get()), program));
        }
    }

    /**
     * As whom a request labels: a key with a name labels under that name, and no other.
     *
     * @param stated what the request says
     */
    public String annotator(Optional<String> stated) {
        if (name.isEmpty()) {
            return stated.orElseThrow(() ->
                    new FoveaException(ErrorCode.ARGUMENT_INVALID, "The field \"annotator\" is missing. Set it."));
        }
        if (stated.map(String::strip).filter(own -> !own.equals(name.get())).isPresent()) {
            throw new FoveaException(
                    ErrorCode.FORBIDDEN,
                    "The API key belongs to \"%s\", and \"annotator\" is \"%s\". Leave it out, or use the key of that person."
                            .formatted(name.get(), Printable.brief(stated.get())));
        }
        return name.get();
    }
}
