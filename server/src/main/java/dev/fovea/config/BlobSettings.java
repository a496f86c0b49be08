package dev.fovea.config;

import dev.fovea.config.binding.ByteSize;
import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import dev.fovea.storage.s3.S3Settings;
import java.util.Optional;
import java.util.stream.Stream;

/** Where bundles and images of evaluations are. */
public record BlobSettings(
        @Key(
                text =
                        "`s3://bucket/prefix?region=eu-central-1`, with `&endpoint=https://host:port` for another object store than AWS. Without it files are in the home.")
        Optional<String> url,

        @Key(text = "Access key of the bucket. Without it the AWS SDK's usual sources are used.")
        Optional<String> accessKey,

        @Key(text = "Secret key that belongs to it. Prefer the environment variable.")
        Optional<String> secretKey,

        @Key(
                value = "10GB",
                min = "1MB",
                max = "1000GB",
                text = "Max size of local copies of what is in the bucket, in `cache/` of the home.")
        ByteSize cacheSize)
        implements Checked {

    /** Empty for the home's directory. */
    public Optional<S3Settings> s3() {
        Optional<S3Settings.Keys> keys =
                accessKey.flatMap(access -> secretKey.map(secret -> new S3Settings.Keys(access, secret)));
        return url.map(address -> S3Settings.of(address, keys, cacheSize.bytes()));
    }

    @Override
    public Stream<String> errors() {
        Stream<String> half = accessKey.isPresent() == secretKey.isPresent()
                ? Stream.empty()
                : Stream.of("%s: missing; set both blobs.access-key and blobs.secret-key, or none"
                        .formatted(accessKey.isPresent() ? "blobs.secret-key" : "blobs.access-key"));
        return Stream.concat(half, addressErrors());
    }

    private Stream<String> addressErrors() {
        try {
            s3();
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of("blobs.url: " + e.getMessage());
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "BlobSettings[%s]".formatted(s3());
    }
}
