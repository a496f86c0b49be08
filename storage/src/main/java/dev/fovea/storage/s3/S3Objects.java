package dev.fovea.storage.s3;

import dev.fovea.storage.files.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a bucket below a prefix, each written once: with its SHA-256, which the store checks, and on the condition
 * that there is none of its name. Calls are tried up to three times. Thread-safe.
 */
public final class S3Objects implements AutoCloseable {

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private static final int NOT_FOUND = 404;
    private static final int CHUNK = 1 << 16;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REPLY = Duration.ofSeconds(30);

    private final S3Settings settings;
    private final S3Client client;
    private final MultipartUpload multipart;

    private S3Objects(S3Settings settings, S3Client client, int partBytes) {
        this.settings = settings;
        this.client = client;
        this.multipart = new MultipartUpload(client, settings.bucket(), partBytes);
    }

    /**
     * Opens a bucket and lists one object, so that wrong settings are found at once.
     *
     * @throws dev.fovea.fault.FoveaException {@code CONFIGURATION_INVALID}, {@code STORAGE_UNAVAILABLE}
     */
    public static S3Objects open(S3Settings settings) {
        return open(settings, MultipartUpload.PART_BYTES);
    }

    static S3Objects open(S3Settings settings, int partBytes) {
        S3Objects objects = new S3Objects(settings, client(settings), partBytes);
        boolean opened = false;
        try {
            objects.check();
            opened = true;
            return objects;
        } finally {
            if (!opened) {
                objects.close();
            }
        }
    }

    /** A client that tries calls up to three times; the caller closes it. */
    static S3Client client(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.endpoint().isPresent())
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(REPLY));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.keys()
                .<AwsCredentialsProvider>map(keys ->
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.access(), keys.secret())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    /** Requests a listing, whose error has a reason. */
    private void check() {
        calling(
                "Connecting to",
                () -> client.listObjectsV2(request -> request.bucket(settings.bucket())
                        .prefix(settings.prefix())
                        .maxKeys(1)));
    }

    /**
     * Another prefix of the same object store; the errors of {@link S3Settings#at}.
     *
     * @param address {@code s3://bucket/prefix}
     */
    public S3Settings at(String address) {
        return settings.at(address);
    }

    /** Name of the bucket in messages. */
    public String name() {
        return settings.shown();
    }

    /**
     * Writes a file under a new name, or under one with the same content; a damaged object is replaced.
     *
     * @param sha256 of the file, in hexadecimal
     */
    public void put(String name, Path file, String sha256) throws IOException {
        String key = settings.prefix() + name;
        long size = Files.size(file);
        boolean written = size > multipart.partBytes()
                ? ifFree(() -> multipart.put(key, file, size, true))
                : ifFree(() -> put(key, RequestBody.fromFile(file), sha256, true));
        if (!written && !isStored(name, sha256)) {
            ifFree(() -> {
                if (size > multipart.partBytes()) {
                    multipart.put(key, file, size, false);
                } else {
                    put(key, RequestBody.fromFile(file), sha256, false);
                }
            });
        }
    }

    /** Writes bytes under a name; false when there is an object of that name, which stays. */
    public boolean putNew(String name, byte[] bytes) {
        return ifFree(
                () -> put(settings.prefix() + name, RequestBody.fromBytes(bytes), DurableFiles.hash(bytes), true));
    }

    /** Writes bytes under a name and replaces an existing object. */
    public void replace(String name, byte[] bytes) {
        ifFree(() -> put(settings.prefix() + name, RequestBody.fromBytes(bytes), DurableFiles.hash(bytes), false));
    }

    private void put(String key, RequestBody body, String sha256, boolean onlyNew) {
        client.putObject(
                request -> {
                    request.bucket(settings.bucket())
                            .key(key)
                            .checksumSHA256(Base64.getEncoder()
                                    .encodeToString(HexFormat.of().parseHex(sha256)));
                    if (onlyNew) {
                        request.ifNoneMatch("*");
                    }
                },
                body);
    }

    /** Whether the object was written; false when one of that name exists. */
    private boolean ifFree(Runnable write) {
        return calling("Writing to", () -> {
            try {
                write.run();
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The metadata of an object do not verify its bytes, so that they are read. */
    private boolean isStored(String name, String sha256) throws IOException {
        return read(name, OutputStream.nullOutputStream())
                .filter(sha256::equals)
                .isPresent();
    }

    /** Copies an object and returns its SHA-256; empty when there is none. */
    public Optional<String> read(String name, OutputStream to) throws IOException {
        Optional<ResponseInputStream<GetObjectResponse>> object = get(name);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = DurableFiles.sha256();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = object.get()) {
            for (int read = next(in, chunk); read >= 0; read = next(in, chunk)) {
                digest.update(chunk, 0, read);
                to.write(chunk, 0, read);
            }
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    /** A broken connection is a failure of the store; a local write is not. */
    private int next(InputStream in, byte[] chunk) {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw S3Failure.of("Reading from", settings, SdkClientException.create(String.valueOf(e.getMessage()), e));
        }
    }

    private Optional<ResponseInputStream<GetObjectResponse>> get(String name) {
        return calling("Reading from", () -> {
            try {
                return Optional.of(client.getObject(
                        request -> request.bucket(settings.bucket()).key(settings.prefix() + name)));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Whether there is an object of this name. */
    public boolean contains(String name) {
        return calling("Reading from", () -> {
            try {
                client.headObject(request -> request.bucket(settings.bucket()).key(settings.prefix() + name));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The names with a prefix. */
    public List<String> names(String start) {
        return calling(
                "Listing objects of",
                () -> client
                        .listObjectsV2Paginator(
                                request -> request.bucket(settings.bucket()).prefix(settings.prefix() + start))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(settings.prefix().length()))
                        .toList());
    }

    /** The names with a prefix, with the sizes of their objects in bytes. */
    public SortedMap<String, Long> sizes(String start) {
        return calling("Listing objects of", () -> {
            SortedMap<String, Long> sizes = new TreeMap<>();
            client.listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(settings.prefix() + start))
                    .contents()
                    .forEach(object ->
                            sizes.put(object.key().substring(settings.prefix().length()), object.size()));
            return sizes;
        });
    }

    /** Removes an object; does nothing when there is none. */
    public void remove(String name) {
        calling(
                "Removing from",
                () -> client.deleteObject(
                        request -> request.bucket(settings.bucket()).key(settings.prefix() + name)));
    }

    private <T> T calling(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw S3Failure.of(doing, settings, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
