package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.exchange.model.ReadFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The byte order mark that some editors put before UTF-8. */
public final class ByteOrderMark {

    private ByteOrderMark() {}

    /** Counts the mark of a file that begins with one. */
    public static void report(Path file, FindingCounter findings) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(3);
            if (start.length == 3 && start[0] == (byte) 0xef && start[1] == (byte) 0xbb && start[2] == (byte) 0xbf) {
                findings.add(ReadFault.BYTE_ORDER_MARK, new TextPlace(file, 1), "");
            }
        } catch (IOException e) {
            // reading the file reports it
        }
    }
}
