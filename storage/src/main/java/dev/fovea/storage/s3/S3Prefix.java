package dev.fovea.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The objects below a prefix, only read. Thread-safe. */
final class S3Prefix implements AutoCloseable {

    private static final int CHUNK = 1 << 16;
    private static final int SLOW_DOWN = 429;
    private static final int SERVER_ERRORS = 500;

    private final S3Settings settings;
    private final S3Client client;

    private S3Prefix(S3Settings settings, S3Client client) {
        this.settings = settings;
        this.client = client;
    }

    static S3Prefix open(S3Settings settings) {
        return new S3Prefix(settings, S3Objects.client(settings));
    }

    /**
     * An object.
     *
     * @param name its key without the prefix
     */
    record Listed(String name, long bytes) {}

    /** The address, ending with a slash. */
    String address() {
        return "s3://%s/%s".formatted(settings.bucket(), settings.prefix());
    }

    /** Hands the objects over by page, without the empty ones that stand for folders. */
    void forEachPage(Consumer<List<Listed>> pages) {
        try {
            for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                    request -> request.bucket(settings.bucket()).prefix(settings.prefix()))) {
                pages.accept(page.contents().stream()
                        .filter(object -> !object.key().endsWith("/"))
                        .map(object -> new Listed(
                                object.key().substring(settings.prefix().length()), object.size()))
                        .toList());
            }
        } catch (SdkException e) {
            throw S3Failure.of("Listing objects of", settings, e);
        }
    }

    /** Copies an object; the reason where it cannot be read. */
    Optional<String> copy(Listed object, Path file) throws IOException {
        try (ResponseInputStream<GetObjectResponse> in =
                client.getObject(request -> request.bucket(settings.bucket()).key(settings.prefix() + object.name()))) {
            if (in.response().contentLength() != object.bytes()) {
                in.abort();
                return Optional.of("it changed while it was read");
            }
            if (write(in, file)) {
                return Optional.empty();
            }
            in.abort();
            Files.deleteIfExists(file);
            return Optional.of("the connection broke while it was read");
        } catch (S3Exception e) {
            if (e.statusCode() >= SERVER_ERRORS || e.statusCode() == SLOW_DOWN) {
                throw S3Failure.of("Reading from", settings, e);
            }
            return Optional.of("the object store does not hand it out: " + S3Failure.code(e));
        } catch (SdkException e) {
            throw S3Failure.of("Reading from", settings, e);
        }
    }

    /** Whether the stream could be read to its end; errors are those of the file. */
    private static boolean write(InputStream in, Path file) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                int read;
                try {
                    read = in.read(chunk);
                } catch (IOException e) {
                    return false;
                }
                if (read < 0) {
                    return true;
                }
                out.write(chunk, 0, read);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
