package dev.fovea.datasets;

import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes small folders of images for tests. */
record SampleFolder(Path root) {

    private static final Map<Long, byte[]> DRAWN = new ConcurrentHashMap<>();

    /** A fabric image of the seed, at a path below the root. */
    SampleFolder image(String path, long seed) {
        return file(path, fabric(seed));
    }

    SampleFolder file(String path, byte[] bytes) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] fabric(long seed) {
        return DRAWN.computeIfAbsent(seed, it -> Fabric.jpeg(FabricClass.HOLE, it, Fabric.Conditions.USUAL));
    }
}
