package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Brings bodies of {@code /v1} into the form that everything behind expects: inflated where they are compressed, and
 * with the name of a form's boundary in small letters, which Jetty's parser insists on and RFC 9110 does not.
 */
public final class BodyCoding {

    private static final Set<String> KNOWN = Set.of("identity", "gzip", "x-gzip", "deflate");
    private static final Pattern BOUNDARY = Pattern.compile("(;\\s*)(boundary)(\\s*=)", Pattern.CASE_INSENSITIVE);

    private final long limit;

    /** @param limit max bytes of a body after it is inflated */
    public BodyCoding(long limit) {
        this.limit = limit;
    }

    /** Why a body cannot be read, if its coding is unknown. */
    Optional<RequestRefusal> refusal(Request request) {
        String coding = coding(request);
        return isHere(request) && !KNOWN.contains(coding)
                ? Optional.of(new RequestRefusal(
                        ErrorCode.ARGUMENT_INVALID,
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                        "The content encoding \"%s\" is not supported. Send gzip, deflate or none.".formatted(coding),
                        new HttpField(HttpHeader.ACCEPT_ENCODING, "gzip, deflate")))
                : Optional.empty();
    }

    /** The request with a body that can be read as it is. */
    Request readable(Request request) {
        if (!isHere(request)) {
            return request;
        }
        Request named = withSmallBoundary(request);
        String coding = coding(request);
        return coding.equals("identity") ? named : new InflatedRequest(named, coding.equals("deflate"), limit);
    }

    private static boolean isHere(Request request) {
        return EdgeHandler.path(request).startsWith("/v1/");
    }

    private static String coding(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Request withSmallBoundary(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (!isForm(type)) {
            return request;
        }
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find() || boundary.group(2).equals("boundary")) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders())
                .put(HttpHeader.CONTENT_TYPE, boundary.replaceFirst("$1boundary="))
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    /** Whether a content type is that of a multipart form. */
    public static boolean isForm(@Nullable String type) {
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }
}
