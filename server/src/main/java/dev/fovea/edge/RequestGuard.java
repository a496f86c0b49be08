package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests of foreign web pages: a browser sends the origin of a request, and a page of another origin changes
 * nothing here. Without API keys the server also responds only to names of this machine, so that a foreign name that
 * was pointed here (DNS rebinding) reads nothing.
 */
public final class RequestGuard {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Servlet containers respond to these themselves, with a page of their own. */
    private static final List<String> PROTECTED = List.of("/WEB-INF", "/META-INF");

    private final boolean anyName;

    /** A guard that lets any host name through or only those of this machine. */
    public RequestGuard(boolean anyName) {
        this.anyName = anyName;
    }

    /** Why a request may not pass, if it may not. */
    Optional<RequestRefusal> refusal(Request request) {
        HttpFields headers = request.getHeaders();
        String host = String.valueOf(headers.get(HttpHeader.HOST)).toLowerCase(Locale.ROOT);
        if (HttpMethod.TRACE.is(request.getMethod())) {
            return Optional.of(new RequestRefusal(
                    ErrorCode.ARGUMENT_INVALID,
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "TRACE is not allowed here. Use GET, HEAD, POST or DELETE.",
                    new HttpField(HttpHeader.ALLOW, "GET, HEAD, POST, DELETE, OPTIONS")));
        }
        String coding = headers.get(HttpHeader.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            return Optional.of(new RequestRefusal(
                    ErrorCode.ARGUMENT_INVALID,
                    HttpStatus.NOT_IMPLEMENTED_501,
                    "The transfer encoding \"%s\" is not known here. Send the body chunked, or with its length."
                            .formatted(coding)));
        }
        if (String.valueOf(request.getHttpURI().getPath()).indexOf(';') >= 0) {
            return Optional.of(
                    new RequestRefusal(
                            ErrorCode.ARGUMENT_INVALID,
                            HttpStatus.BAD_REQUEST_400,
                            "The path has a \";\". Parameters in a path are not allowed here; remove them. See /v1/openapi.json."));
        }
        if (isProtected(EdgeHandler.path(request))) {
            return Optional.of(RequestRefusal.of(
                    ErrorCode.NOT_FOUND,
                    "There is nothing at %s; see /v1/openapi.json.".formatted(EdgeHandler.path(request))));
        }
        if (!anyName && !OWN_NAMES.contains(withoutPort(host))) {
            return Optional.of(RequestRefusal.of(
                    ErrorCode.FORBIDDEN,
                    "Without API keys this server responds to localhost only, not to \"%s\". Configure auth.api-keys to use another name."
                            .formatted(host)));
        }
        if (!SAFE.contains(request.getMethod()) && isForeign(headers, host)) {
            return Optional.of(RequestRefusal.of(
                    ErrorCode.FORBIDDEN,
                    "Pages of other origins (%s) may change nothing here. Send the request from a program or from the console."
                            .formatted(headers.get(HttpHeader.ORIGIN))));
        }
        return Optional.empty();
    }

    private static boolean isProtected(String path) {
        for (String start : PROTECTED) {
            if (path.regionMatches(true, 0, start, 0, start.length())) {
                return true;
            }
        }
        return false;
    }

    private static String withoutPort(String host) {
        int end = host.length();
        while (end > 0 && host.charAt(end - 1) >= '0' && host.charAt(end - 1) <= '9') {
            end--;
        }
        return end > 0 && host.charAt(end - 1) == ':' ? host.substring(0, end - 1) : host;
    }

    /** Programs send no Origin; browsers send it with everything but plain reading. */
    private static boolean isForeign(HttpFields headers, String host) {
        String origin = headers.get(HttpHeader.ORIGIN);
        if (origin == null) {
            return "cross-site".equals(headers.get("Sec-Fetch-Site"));
        }
        try {
            return !host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
