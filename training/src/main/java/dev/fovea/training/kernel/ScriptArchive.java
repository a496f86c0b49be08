package dev.fovea.training.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript source of a module without weights in the form that the engine loads: a zip of the source, a
 * pickle of the module and an empty pickle of constants.
 */
final class ScriptArchive {

    private static final String ROOT = "script/";

    /** PROTO 2, EMPTY_TUPLE, STOP. */
    private static final byte[] EMPTY = {(byte) 0x80, 2, ')', '.'};

    private ScriptArchive() {}

    /** The archive; {@code source} defines a class {@code Kernels(Module)} with no attribute but {@code training}. */
    static byte[] of(String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "data.pkl", module());
            add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            add(zip, "constants.pkl", EMPTY);
            add(zip, "version", new byte[] {'3', '\n'});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * PROTO 2, GLOBAL, EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK, BINUNICODE "training", NEWTRUE, SETITEMS, BUILD, STOP.
     */
    private static byte[] module() {
        String pickle = "\u0080\u0002c__torch__\nKernels\n)\u0081}(X\u0008\0\0\0training\u0088ub.";
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Stored, as the engine reads sizes from the local header. */
    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
