package dev.fovea.datasets.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes TAR archives block by block. */
final class TarFile {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarFile member(char type, String name, byte[] content) {
        return header(type, name, content.length).content(content);
    }

    TarFile file(String name, String content) {
        return member('0', name, content.getBytes(StandardCharsets.UTF_8));
    }

    TarFile header(char type, String name, long size) {
        byte[] block = new byte[512];
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(path, 0, block, 0, Math.min(100, path.length));
        put(block, 100, "0000644\0");
        put(block, 124, String.format(Locale.ROOT, "%011o\0", size));
        put(block, 156, String.valueOf(type));
        put(block, 257, "ustar\00000");
        put(block, 148, "        ");
        long sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.writeBytes(block);
        return this;
    }

    TarFile content(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    byte[] ended() {
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
