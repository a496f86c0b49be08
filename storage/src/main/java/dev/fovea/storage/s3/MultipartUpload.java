package dev.fovea.storage.s3;

import dev.fovea.storage.files.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Large files in parts, each with its SHA-256, so that only one part is sent again after a lost connection. An
 * unfinished upload leaves no object and no parts.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">limits of S3's multipart uploads</a>
 */
final class MultipartUpload {

    /** Part size; the minimum in S3 is 5 MiB. */
    static final int PART_BYTES = 32 << 20;

    private static final long MAX_PARTS = 10_000;

    private final S3Client client;
    private final String bucket;
    private final int partBytes;

    MultipartUpload(S3Client client, String bucket, int partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    /** Maximum size of a file that is sent in one part. */
    long partBytes() {
        return partBytes;
    }

    /**
     * Writes a file.
     *
     * @param onlyNew whether an object of that key makes it fail with HTTP 412
     */
    void put(String key, Path file, long size, boolean onlyNew) {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> parts = parts(key, upload, file, size);
            client.completeMultipartUpload(request -> {
                request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts));
                if (onlyNew) {
                    request.ifNoneMatch("*");
                }
            });
            complete = true;
        } finally {
            if (!complete) {
                abort(key, upload);
            }
        }
    }

    private List<CompletedPart> parts(String key, String upload, Path file, long size) {
        int length = Math.toIntExact(Math.max(partBytes, Math.ceilDiv(size, MAX_PARTS)));
        List<CompletedPart> parts = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long start = 0; start < size; start += length) {
                byte[] bytes = read(channel, start, (int) Math.min(length, size - start));
                parts.add(part(key, upload, parts.size() + 1, bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }

    private CompletedPart part(String key, String upload, int number, byte[] bytes) {
        String sha256 = Base64.getEncoder().encodeToString(DurableFiles.sha256().digest(bytes));
        String tag = client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumSHA256(sha256),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumSHA256(sha256)
                .build();
    }

    private static byte[] read(FileChannel channel, long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("the file was truncated while it was read");
            }
        }
        return bytes.array();
    }

    private void abort(String key, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            System.getLogger(MultipartUpload.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "An unfinished upload stays until the bucket's lifecycle rule removes it",
                            e);
        }
    }
}
