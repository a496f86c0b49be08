package dev.fovea.datasets.archive;

import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/**
 * A header block of a TAR archive (POSIX.1-2017, pax, "ustar interchange format"; GNU tar, base-256 numbers).
 *
 * @param name with its prefix
 * @param size bytes of content; 0 for links and devices, whatever they state
 * @param type the type flag
 */
record TarHeader(String name, long size, char type) {

    static final int BLOCK = 512;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;

    /** {@link StreamCorruptedException} when the block is no header. */
    static TarHeader parse(byte[] block) throws StreamCorruptedException {
        long sum = 0;
        for (int at = 0; at < BLOCK; at++) {
            boolean inChecksum = at >= CHECKSUM && at < CHECKSUM + CHECKSUM_LENGTH;
            sum += inChecksum ? ' ' : block[at] & 0xff;
        }
        if (number(block, CHECKSUM, CHECKSUM_LENGTH) != sum) {
            throw new StreamCorruptedException("a header's checksum is wrong");
        }
        String name = text(block, NAME, NAME_LENGTH);
        boolean posix = text(block, MAGIC, 6).equals("ustar");
        String prefix = posix ? text(block, PREFIX, PREFIX_LENGTH) : "";
        char type = (char) (block[TYPE] & 0xff);
        boolean empty = type >= '1' && type <= '6';
        long size = empty ? 0 : number(block, SIZE, SIZE_LENGTH);
        return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, size, type);
    }

    /** A block of zeros ends the archive. */
    static boolean isEnd(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Up to the first zero. */
    static String text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    /** Octal digits between blanks and zeros, or a big-endian number after a byte of 0x80. */
    private static long number(byte[] block, int at, int length) throws StreamCorruptedException {
        if ((block[at] & 0x80) != 0) {
            long value = 0;
            for (int i = at + 1; i < at + length; i++) {
                value = (value << 8) | (block[i] & 0xff);
            }
            return nonNegative(
                    (block[at] & 0x7f) == 0 && (length <= 9 || clear(block, at + 1, length - 9)) ? value : -1);
        }
        String digits = text(block, at, length).strip();
        return digits.matches("[0-7]{0,20}")
                ? nonNegative(digits.isEmpty() ? 0 : Long.parseLong(digits, 8))
                : nonNegative(-1);
    }

    private static boolean clear(byte[] block, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static long nonNegative(long value) throws StreamCorruptedException {
        if (value < 0 || value > Long.MAX_VALUE / 2) {
            throw new StreamCorruptedException("a header's number is none");
        }
        return value;
    }
}
