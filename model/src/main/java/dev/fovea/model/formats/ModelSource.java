package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the ONNX file that a person means. */
public final class ModelSource {

    private ModelSource() {}

    /**
     * The file itself; in a folder its {@code model.onnx}, or the only ONNX file there, in {@code onnx/} below, or in
     * the highest of Triton's numbered versions. {@code ARGUMENT_INVALID} where there is none or more than one.
     */
    public static Path find(Path path) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            throw error("%s is not there. Check the path.", path);
        }
        return in(path).or(() -> in(path.resolve("onnx")))
                .or(() -> versions(path).flatMap(ModelSource::in))
                .orElseThrow(() -> error("%s holds no ONNX file. Give the file itself.", path));
    }

    private static Optional<Path> in(Path folder) {
        if (Files.isRegularFile(folder.resolve("model.onnx"))) {
            return Optional.of(folder.resolve("model.onnx"));
        }
        List<Path> found = list(folder).stream()
                .filter(path -> path.toString().endsWith(".onnx"))
                .filter(Files::isRegularFile)
                .toList();
        if (found.size() > 1) {
            throw error("%s holds " + found.size() + " ONNX files and no model.onnx. Give the one you mean.", folder);
        }
        return found.stream().findFirst();
    }

    private static Optional<Path> versions(Path folder) {
        return list(folder).stream()
                .filter(path -> path.getFileName().toString().matches("\\d{1,9}"))
                .max(Comparator.comparingInt(
                        path -> Integer.parseInt(path.getFileName().toString())));
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check its rights.".formatted(folder), e);
        }
    }

    private static FoveaException error(String message, Path path) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message.formatted(path));
    }
}
