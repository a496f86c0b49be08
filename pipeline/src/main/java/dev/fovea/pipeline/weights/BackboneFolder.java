package dev.fovea.pipeline.weights;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.model.graph.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The backbones that were added to a home: a file {@code NAME.onnx} each, complete or absent. */
public final class BackboneFolder {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");
    private static final String ENDING = ".onnx";

    private final Path folder;

    /** @param folder may be absent as long as nothing was added */
    public BackboneFolder(Path folder) {
        this.folder = folder;
    }

    /** The names, sorted. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed("cannot be read", e);
        }
    }

    /** Where the backbone of a name is, or would be; {@code ARGUMENT_INVALID} for what cannot be a name. */
    public Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is no name of a backbone. Use lower-case letters, digits, dots, hyphens and underscores."
                            .formatted(Printable.brief(name)));
        }
        return folder.resolve(name + ENDING);
    }

    /** Whether there is a backbone of that name. */
    public boolean has(String name) {
        return Files.isRegularFile(file(name));
    }

    /** Writes a backbone, durable on return; a killed process leaves none or all of it. */
    Path write(String name, OnnxModel model) {
        Path file = file(name);
        Path part = folder.resolve(
                ".%s.%d.part".formatted(name, ProcessHandle.current().pid()));
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(model.bytes());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            remove(part);
            throw failed("cannot be written; is the disk full?", e);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // the error that is thrown says more
        }
    }

    private FoveaException failed(String what, IOException cause) {
        return new FoveaException(ErrorCode.STORAGE_FAILED, "%s %s".formatted(folder, what), cause);
    }
}
