package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps other web pages' hands off: a browser tells where a request comes from, and one that was made by a page of
 * another origin changes nothing here. Without API keys the server also answers only to names of this machine, so that
 * a foreign name that was pointed here (DNS rebinding) reads nothing.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class RequestGuard extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final boolean anyName;

    /** A guard that lets any host name through or only those of this machine. */
    RequestGuard(boolean anyName) {
        this.anyName = anyName;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = String.valueOf(request.getHeader(HttpHeaders.HOST)).toLowerCase(Locale.ROOT);
        if (request.getMethod().equals(HttpMethod.TRACE.name())) {
            ProblemWriter.write(
                    request,
                    response,
                    ErrorCode.ARGUMENT_INVALID,
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                    "TRACE is not answered here.");
        } else if (!anyName && !OWN_NAMES.contains(PORT.matcher(host).replaceFirst(""))) {
            ProblemWriter.write(
                    request,
                    response,
                    ErrorCode.FORBIDDEN,
                    "Without API keys this server answers to localhost only, not to \"%s\". Configure api-keys to use another name."
                            .formatted(host));
        } else if (!SAFE.contains(request.getMethod()) && isForeign(request, host)) {
            ProblemWriter.write(
                    request,
                    response,
                    ErrorCode.FORBIDDEN,
                    "Pages of other origins (%s) may change nothing here. Send the request from a program or from the console."
                            .formatted(request.getHeader(HttpHeaders.ORIGIN)));
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Programs send no Origin; browsers send it with everything but plain reading. */
    private static boolean isForeign(HttpServletRequest request, String host) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        try {
            return !host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
