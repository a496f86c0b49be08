package dev.fovea.remote;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The service's side of Signature Version 4: computes what the signature of a request must be. For tests only. */
final class SignatureVersion4 {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private SignatureVersion4() {}

    /**
     * A request's Authorization header in its parts.
     *
     * @param signedHeaders in lower case, separated by ";"
     */
    record Authorization(
            String key, String date, String region, String service, String signedHeaders, String signature) {
        static Authorization parse(String header) {
            Matcher matcher = AUTHORIZATION.matcher(header);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(header);
            }
            return new Authorization(
                    matcher.group(1),
                    matcher.group(2),
                    matcher.group(3),
                    matcher.group(4),
                    matcher.group(5),
                    matcher.group(6));
        }
    }

    /**
     * The signature as in https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
     */
    static String of(
            String method,
            String path,
            String query,
            Map<String, String> headers,
            byte[] body,
            Authorization given,
            String secret) {
        try {
            StringBuilder canonical = new StringBuilder()
                    .append(method)
                    .append('\n')
                    .append(path)
                    .append('\n')
                    .append(query)
                    .append('\n');
            for (String name : given.signedHeaders().split(";")) {
                canonical.append(name).append(':').append(headers.get(name)).append('\n');
            }
            canonical.append('\n').append(given.signedHeaders()).append('\n').append(sha256(body));
            String scope = "%s/%s/%s/aws4_request".formatted(given.date(), given.region(), given.service());
            String toSign = "AWS4-HMAC-SHA256\n%s\n%s\n%s"
                    .formatted(
                            headers.get("x-amz-date"),
                            scope,
                            sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String part : scope.split("/")) {
                key = hmac(key, part);
            }
            return HexFormat.of().formatHex(hmac(key, toSign));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
