package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.quality.MeasuredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Validates one file: reads, hashes, decodes and measures it. Stateless and thread-safe. */
final class ImageValidator {

    private final ImageLimits limits;
    private final Decoder decoder;

    ImageValidator(ImageLimits limits) {
        this.limits = limits;
        this.decoder = new Decoder(limits);
    }

    /** Never throws for a bad file; that is a result. */
    Examined validate(FoundFile found) {
        try {
            return open(found);
        } catch (FoveaException e) {
            return refusal(found, e);
        } catch (IOException e) {
            return new Examined.InvalidImage(
                    found, ErrorCode.STORAGE_FAILED, "The file cannot be read. Check its permissions.");
        }
    }

    private static Examined refusal(FoundFile found, FoveaException failure) {
        boolean unsupported = failure.code() == ErrorCode.IMAGE_FORMAT_UNSUPPORTED;
        return unsupported && !ImageFormat.looksLikeImage(found.path())
                ? new Examined.NoImage(found)
                : new Examined.InvalidImage(found, failure.code(), failure.getMessage());
    }

    private Examined open(FoundFile found) throws IOException {
        byte[] bytes = read(found.file());
        ImageHeader header = decoder.header(bytes);
        try (Image image = decoder.decode(bytes)) {
            MeasuredImage measured = MeasuredImage.of(image);
            return new Examined.Usable(found, sha256(bytes), header.format(), measured.hash(), measured.measures());
        }
    }

    private byte[] read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > limits.maxBytes()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The file has %,d bytes; the limit is %,d. Use a smaller file or raise the limit."
                            .formatted(size, limits.maxBytes()));
        }
        return Files.readAllBytes(file);
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
