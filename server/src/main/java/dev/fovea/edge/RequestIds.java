package dev.fovea.edge;

import com.github.f4b6a3.ulid.UlidFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} if it has 1 to 128 letters, digits and {@code . _ : @ /
 * = , + ~ # -}, else a new one; echoed in the response.
 */
public final class RequestIds {

    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:@/=,+~#-]{1,128}");
    /** Ids tell requests apart and are no secrets, so the quick random numbers will do. */
    private static final UlidFactory IDS =
            UlidFactory.newMonotonicInstance(() -> ThreadLocalRandom.current().nextLong());

    private RequestIds() {}

    /** Chooses the id of a request and puts it into the response. */
    static String give(Request request, Response response) {
        String own = request.getHeaders().get(HEADER);
        String id =
                own != null && SANE.matcher(own).matches() ? own : IDS.create().toString();
        request.setAttribute(ATTRIBUTE, id);
        response.getHeaders().put(HEADER, id);
        return id;
    }

    /** The id of a request. */
    public static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ATTRIBUTE));
    }
}
