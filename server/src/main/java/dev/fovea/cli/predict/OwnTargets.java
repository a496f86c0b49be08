package dev.fovea.cli.predict;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where what is made of images goes: files of their names in a folder, written over nothing that is read.
 *
 * @param option the option that names the folder, for errors
 * @param extension of the files, with its dot
 */
record OwnTargets(Path directory, String option, String extension) {

    /** Nothing that is looked at is written over, and nothing that was written. */
    void require(List<Path> images) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s is no folder. Give %s another one.".formatted(directory, option));
        }
        Map<Path, Path> sources = new HashMap<>();
        for (Path image : images) {
            Path other = sources.put(real(target(image)), image);
            if (other != null) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s and %s would both be written to %s. Look at them one after the other, into two folders."
                                .formatted(other, image, target(image)));
            }
        }
        for (Path image : images) {
            if (sources.containsKey(real(image))) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s would be written over. Give %s another folder.".formatted(image, option));
            }
        }
    }

    /** The file that is made of an image. */
    Path target(Path image) {
        String name = String.valueOf(image.getFileName());
        int dot = name.lastIndexOf('.');
        return directory.resolve((dot > 0 ? name.substring(0, dot) : name) + extension);
    }

    /** Writes what was made of an image, making the folder where there is none. */
    Path write(Path image, byte[] bytes) {
        try {
            Files.createDirectories(directory);
            return Files.write(target(image), bytes);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be written. Give %s a folder with room that you may write to."
                            .formatted(target(image), option),
                    e);
        }
    }

    /** The file itself, whatever links lead to it; what is not there yet is named by its folder. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
