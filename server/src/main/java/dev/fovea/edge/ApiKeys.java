package dev.fovea.edge;

import dev.fovea.config.NamedKey;
import dev.fovea.fault.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
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
    private static final String BASIC = "Basic ";

    private final List<NamedKey> keys;
    private final RateLimit limit;

    public ApiKeys(List<NamedKey> keys, RateLimit limit) {
        this.limit = limit;
        this.keys = List.copyOf(keys);
    }

    /** Why a request may not pass, if it may not; one that may gets the name of its key as {@link Caller}. */
    Optional<RequestRefusal> refusal(Request request) {
        if (keys.isEmpty() || !isApi(Request.getPathInContext(request))) {
            return Optional.empty();
        }
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        Optional<NamedKey> key = key(authorization);
        if (key.isEmpty()) {
            return Optional.of(RequestRefusal.of(
                    ErrorCode.UNAUTHENTICATED,
                    token(authorization).isPresent()
                            ? "This server does not know the API key. Request one from its operator."
                            : "This server requires an API key. Send it as: Authorization: Bearer KEY.",
                    new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer")));
        }
        key.flatMap(NamedKey::name).ifPresent(name -> Caller.keep(request, name));
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
        return keys.isEmpty() || key(authorization).isPresent();
    }

    /** The name of the key of an accepted header, where it has one. */
    public Optional<String> nameOf(@Nullable String authorization) {
        return key(authorization).flatMap(NamedKey::name);
    }

    /** How long the key of an accepted header has to wait before its next request; zero when it need not. */
    public Duration waitOf(@Nullable String authorization) {
        return key(authorization)
                .map(key -> limit.wait(key.key(), System.nanoTime()))
                .orElse(Duration.ZERO);
    }

    /** Compares with every key in constant time. */
    private Optional<NamedKey> key(@Nullable String authorization) {
        return token(authorization).flatMap(token -> {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            Optional<NamedKey> found = Optional.empty();
            for (NamedKey key : keys) {
                boolean same = MessageDigest.isEqual(key.key().getBytes(StandardCharsets.UTF_8), bytes);
                found = same ? Optional.of(key) : found;
            }
            return found;
        });
    }

    /** The key of a header; of the Basic scheme, for programs that know no other, the password. */
    private static Optional<String> token(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        if (has(authorization, BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return has(authorization, BASIC)
                ? password(authorization.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean has(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
