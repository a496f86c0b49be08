package dev.fovea.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Real images beside the checkout; tests that need them are skipped aloud without. */
public final class SharedData {

    private SharedData() {}

    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: no real data at " + folder);
        return folder;
    }

    static List<String[]> csv(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }
}
