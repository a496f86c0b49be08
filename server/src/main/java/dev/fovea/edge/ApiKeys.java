package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Lets only requests with a configured key at the API, when keys are configured. The console's own files need none. */
public final class ApiKeys {

    public static final String TOO_MANY =
            "This API key has sent more requests per second than it may (auth.rate-limit). Send fewer.";

    private static final String BEARER = "Bearer ";

    private final List<byte[]> keys;
    private final RateLimit limit;

    public ApiKeys(List<String> keys, RateLimit limit) {
        this.limit = limit;
        this.keys =
                keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Why a request may not pass, if it may not. */
    Optional<RequestRefusal> refusal(Request request) {
        if (keys.isEmpty() || !isApi(Request.getPathInContext(request))) {
            return Optional.empty();
        }
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (!accepts(authorization)) {
            return Optional.of(RequestRefusal.of(
                    ErrorCode.UNAUTHENTICATED,
                    isBearer(authorization)
                            ? "This server does not know the API key. Request one from its operator."
                            : "This server requires an API key. Send it as: Authorization: Bearer KEY.",
                    new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer")));
        }
        Duration wait = waitOf(authorization);
        if (wait.isZero()) {
            return Optional.empty();
        }
        return Optional.of(RequestRefusal.of(
                ErrorCode.OVERLOADED,
                TOO_MANY,
                new HttpField(HttpHeader.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())))));
    }

    /**
     * The path as the router will read it, so decoded: {@code /%761/models} is the API too. Its description is no
     * secret, nor is its health.
     */
    private static boolean isApi(String path) {
        boolean inference = path.equals("/v2") || (path.startsWith("/v2/") && !path.startsWith("/v2/health/"));
        return inference || path.equals("/v1") || (path.startsWith("/v1/") && !path.equals("/v1/openapi.json"));
    }

    /** Whether an authorization header names a key; true for any when none is configured. */
    public boolean accepts(@Nullable String authorization) {
        return keys.isEmpty()
                || (authorization != null
                        && isBearer(authorization)
                        && isKey(authorization.substring(BEARER.length()).strip()));
    }

    /** How long the key of an accepted header has to wait before its next request; zero when it need not. */
    public Duration waitOf(@Nullable String authorization) {
        return authorization == null || keys.isEmpty()
                ? Duration.ZERO
                : limit.wait(authorization.substring(BEARER.length()).strip(), System.nanoTime());
    }

    private static boolean isBearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Compares with every key in constant time. */
    private boolean isKey(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (byte[] key : keys) {
            found |= MessageDigest.isEqual(key, bytes);
        }
        return found;
    }
}
