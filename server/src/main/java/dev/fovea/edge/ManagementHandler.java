package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves the management port: a page for each path. Requests pass the same guard against foreign names and pages as on
 * the API's port, and errors have the API's form. No request takes parameters.
 */
public final class ManagementHandler extends Handler.Abstract {

    private final RequestGuard guard;
    private final Map<String, PageMaker> pages;

    /** @param pages by path; each is made anew for a request */
    public ManagementHandler(RequestGuard guard, Map<String, PageMaker> pages) {
        this.guard = guard;
        this.pages = Map.copyOf(pages);
    }

    /** Makes a page. */
    public interface PageMaker {

        /** @param accept the value of the request's header {@code Accept}; empty without one */
        ManagementPage page(String accept);
    }

    /**
     * A response.
     *
     * @param status of HTTP
     * @param type of the content
     */
    public record ManagementPage(int status, String type, String content) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = RequestIds.give(request, response);
        SecurityHeaders.put(response);
        Response drained = new BodyDrain(request, response);
        Optional<RequestRefusal> refusal =
                guard.refusal(request).or(() -> parameters(request)).or(() -> unknown(request));
        if (refusal.isPresent()) {
            EdgeHandler.refuse(refusal.get(), request, id, drained, callback);
            return true;
        }
        try {
            String accept = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.ACCEPT), "");
            ManagementPage page =
                    Objects.requireNonNull(pages.get(EdgeHandler.path(request))).page(accept);
            response.setStatus(page.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.type());
            response.write(true, ByteBuffer.wrap(page.content().getBytes(StandardCharsets.UTF_8)), callback);
        } catch (RuntimeException e) { // whatever it is, the caller gets a problem and no stack trace
            EdgeHandler.fail(e, request, id, response, callback);
        }
        return true;
    }

    private static Optional<RequestRefusal> parameters(Request request) {
        String query = request.getHttpURI().getQuery();
        return query == null || query.isEmpty()
                ? Optional.empty()
                : Optional.of(RequestRefusal.of(
                        ErrorCode.ARGUMENT_INVALID,
                        "The parameters \"%s\" are unknown; requests to this port take none.".formatted(query)));
    }

    private Optional<RequestRefusal> unknown(Request request) {
        String path = EdgeHandler.path(request);
        if (!pages.containsKey(path)) {
            return Optional.of(RequestRefusal.of(
                    ErrorCode.NOT_FOUND,
                    "There is nothing at %s %s; this port serves %s."
                            .formatted(request.getMethod(), path, String.join(", ", new TreeSet<>(pages.keySet())))));
        }
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())
                ? Optional.empty()
                : Optional.of(new RequestRefusal(
                        ErrorCode.ARGUMENT_INVALID,
                        HttpStatus.METHOD_NOT_ALLOWED_405,
                        "%s is not allowed at %s. Use GET.".formatted(request.getMethod(), path),
                        new HttpField(HttpHeader.ALLOW, "GET")));
    }
}
