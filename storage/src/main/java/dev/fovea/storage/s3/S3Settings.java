package dev.fovea.storage.s3;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket and prefix in an S3 object store.
 *
 * @param bucket name of the bucket
 * @param prefix before each key, empty or ending with a slash
 * @param endpoint of another object store than AWS's
 * @param region in which the bucket is
 * @param keys credentials; empty for the default sources of the AWS SDK
 * @param cacheBytes maximum size of the local copies in bytes
 * @param stated where bucket and prefix are stated, for messages: a setting, or the address itself
 */
public record S3Settings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        String region,
        Optional<Keys> keys,
        long cacheBytes,
        String stated) {

    /** Default size of the local copies. */
    public static final long DEFAULT_CACHE_BYTES = 10_000_000_000L;

    private static final String EXAMPLE =
            "write s3://bucket/prefix?region=eu-central-1, with &endpoint=https://host:port for another store than AWS";
    private static final String DEFAULT_REGION = "us-east-1";
    private static final String SETTING = "blobs.url";
    private static final Pattern SOURCE = Pattern.compile("s3://([A-Za-z0-9._-]+)/*(.*?)/*(?:\\?region=([a-z0-9-]+))?");

    /** An access key; the secret is never shown. */
    public record Keys(String access, String secret) {
        @Override
        public String toString() {
            return "Keys[%s]".formatted(access);
        }
    }

    /**
     * From what the configuration says.
     *
     * @param address {@code s3://bucket/prefix?endpoint=…&region=…}
     * @throws IllegalArgumentException with a message for the user who set the address
     */
    public static S3Settings of(String address, Optional<Keys> keys, long cacheBytes) {
        URI uri = parsed(address.strip());
        if (!"s3".equals(uri.getScheme()) || uri.getAuthority() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("\"%s\" is not the address of a bucket; %s".formatted(address, EXAMPLE));
        }
        Optional<URI> endpoint = Optional.empty();
        String region = DEFAULT_REGION;
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
            String value = URLDecoder.decode(parameter.replaceFirst("^[^=]*=?", ""), StandardCharsets.UTF_8);
            switch (parameter.replaceFirst("=.*", "")) {
                case "endpoint" -> endpoint = Optional.of(endpoint(value));
                case "region" -> region = value;
                default ->
                    throw new IllegalArgumentException(
                            "\"%s\" is not a parameter of a bucket address; %s".formatted(parameter, EXAMPLE));
            }
        }
        String prefix = uri.getPath().replaceFirst("^/+", "");
        return new S3Settings(
                uri.getAuthority(),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                endpoint,
                region,
                keys,
                cacheBytes,
                SETTING);
    }

    /**
     * Another prefix of the same object store, which is read with the same credentials.
     *
     * @param address {@code s3://bucket/prefix}, with {@code ?region=…} where the bucket is in another one
     * @throws FoveaException {@code ARGUMENT_INVALID} for another address
     */
    public S3Settings at(String address) {
        Matcher parts = SOURCE.matcher(address.strip());
        if (!parts.matches() || parts.group(2).contains("?endpoint=")) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is not the address of images in a bucket. Write s3://bucket/prefix; its object store is that of blobs.url."
                            .formatted(address));
        }
        String folder = parts.group(2);
        return new S3Settings(
                parts.group(1),
                folder.isEmpty() ? "" : folder + "/",
                endpoint,
                Optional.ofNullable(parts.group(3)).orElse(region),
                keys,
                cacheBytes,
                "s3://%s/%s".formatted(parts.group(1), folder));
    }

    /** Whether it is the store of the home, and not a prefix that is only read. */
    boolean isHome() {
        return stated.equals(SETTING);
    }

    private static URI endpoint(String value) {
        URI uri = parsed(value);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("the endpoint \"%s\" is not an http or https address".formatted(value));
        }
        return uri;
    }

    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not the address of a bucket; %s".formatted(address, EXAMPLE), e);
        }
    }

    /** The address for messages. */
    public String shown() {
        return "s3://" + bucket + "/" + prefix.replaceFirst("/$", "");
    }
}
