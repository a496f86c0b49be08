package dev.fovea.pipeline.backbone;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Fetches an ONNX file that a person states by its address and SHA-256. Nothing is kept that has another hash. A file
 * that is there already is not fetched again. For command lines only: a server does not fetch what a caller states.
 */
public final class BackboneDownload {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final long MAX_BYTES = 2L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    /** Downloads into a folder, which is made when something is fetched. */
    public BackboneDownload(Path folder) {
        this.folder = folder;
    }

    /** Whether a text states an address. */
    public static boolean isAddress(String from) {
        return from.startsWith("https://") || from.startsWith("http://");
    }

    /**
     * The file of an address.
     *
     * @param sha256 64 hexadecimal digits
     * @throws FoveaException {@code ARGUMENT_INVALID} for what is no such address or hash, {@code REMOTE_FAILED},
     *     {@code MODEL_CORRUPT} for a file of another hash, {@code STORAGE_FAILED}
     */
    public Path fetch(String address, String sha256) {
        String wanted = sha256.strip().toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(wanted).matches()) {
            throw invalid(
                    "--sha256 must be the SHA-256 of the file at %s, 64 hexadecimal digits. The file's publisher states it, or sha256sum computes it."
                            .formatted(address));
        }
        URI uri = uri(address);
        Path target = folder.resolve(wanted).resolve(name(uri));
        if (Files.isRegularFile(target) && hash(target).equals(wanted)) {
            return target;
        }
        try {
            Files.createDirectories(folder.resolve(wanted));
            Path part = Files.createTempFile(folder.resolve(wanted), "part", ".tmp");
            try {
                String found = download(uri, part);
                if (!found.equals(wanted)) {
                    throw new FoveaException(
                            ErrorCode.MODEL_CORRUPT,
                            "%s has the SHA-256 %s and not %s; nothing was kept. Check the address and the hash."
                                    .formatted(address, found, wanted));
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be written: %s. Free space or check the rights.".formatted(target, e.getMessage()),
                    e);
        }
        return target;
    }

    /** Without encryption anybody on the way could see what is fetched; on this machine nobody is. */
    private static URI uri(String address) {
        try {
            URI uri = URI.create(address);
            boolean encrypted = "https".equals(uri.getScheme());
            if (uri.getHost() != null && (encrypted || isLoopback(uri.getHost()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw invalid("--from %s is no https address of a file. Correct it, or download the file and give its path."
                .formatted(address));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String name(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return FILE.matcher(last).matches() && last.endsWith(".onnx") ? last : "model.onnx";
    }

    private static String download(URI uri, Path part) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response = send(client, request);
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw failed(uri, "it answers with status %d".formatted(response.statusCode()), null);
                }
                return copy(uri, body, part);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The download was cancelled.", e);
        }
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw failed(request.uri(), String.valueOf(e.getMessage()), e);
        }
    }

    private static String copy(URI uri, InputStream body, Path part) throws IOException {
        try (DigestInputStream hashed = new DigestInputStream(body, digest());
                OutputStream file = Files.newOutputStream(part)) {
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int read = read(uri, hashed, buffer); read >= 0; read = read(uri, hashed, buffer)) {
                bytes += read;
                if (bytes > MAX_BYTES) {
                    throw failed(uri, "it is more than 2 GB", null);
                }
                file.write(buffer, 0, read);
            }
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        }
    }

    private static int read(URI uri, InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw failed(uri, "the connection broke (%s)".formatted(e.getMessage()), e);
        }
    }

    private static String hash(Path file) {
        try (DigestInputStream hashed = new DigestInputStream(Files.newInputStream(file), digest())) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        } catch (IOException e) {
            return ""; // it is fetched again
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static FoveaException failed(URI uri, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new FoveaException(
                ErrorCode.REMOTE_FAILED,
                "%s cannot be fetched: %s. Try again, or download the file and give its path.".formatted(uri, why),
                cause);
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
