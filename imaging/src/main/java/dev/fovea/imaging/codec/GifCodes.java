package dev.fovea.imaging.codec;

/** GIF's LZW (GIF89a, appendix F): codes of up to 12 bits, lowest bit first, in blocks of up to 255 bytes. */
final class GifCodes {

    private static final int CODES = 4096;

    private final byte[] file;
    private final int codeSize;
    private final short[] prefix = new short[CODES];
    private final byte[] last = new byte[CODES];
    private final byte[] stack = new byte[CODES + 1];
    private int at;
    private int blockLeft;
    private int bits;
    private int bitCount;
    private int width;
    private int next;
    private int previous = -1;
    private byte first;
    private int stacked;

    /** Codes from the byte that states their size on. */
    GifCodes(byte[] file, int at) {
        this.file = file;
        this.codeSize = file[at];
        this.at = at + 1;
        if (codeSize < 1 || codeSize > 11) {
            throw ImageRefusal.damaged("GIF with codes of %d bits".formatted(codeSize));
        }
        for (int i = 0; i < 1 << codeSize; i++) {
            last[i] = (byte) i;
        }
        clear();
    }

    private void clear() {
        width = codeSize + 1;
        next = (1 << codeSize) + 2;
        previous = -1;
    }

    /** The next indices; {@link IndexOutOfBoundsException} where the file ends before. */
    void fill(byte[] indices) {
        for (int i = 0; i < indices.length; i++) {
            while (stacked == 0) {
                expand(code());
            }
            indices[i] = stack[--stacked];
        }
    }

    private void expand(int code) {
        int clear = 1 << codeSize;
        if (code == clear) {
            clear();
            return;
        }
        if (code == clear + 1) {
            throw ImageRefusal.damaged("GIF whose first frame ends too soon");
        }
        if (code > next || (code == next && previous < 0)) {
            throw ImageRefusal.damaged("GIF with code %d where %d are known".formatted(code, next));
        }
        int entry = code;
        if (code == next) {
            stack[stacked++] = first;
            entry = previous;
        }
        while (entry > clear) {
            stack[stacked++] = last[entry];
            entry = prefix[entry];
        }
        first = last[entry];
        stack[stacked++] = first;
        if (previous >= 0 && next < CODES) {
            prefix[next] = (short) previous;
            last[next] = first;
            next++;
            if (next == 1 << width && width < 12) {
                width++;
            }
        }
        previous = code;
    }

    private int code() {
        while (bitCount < width) {
            if (blockLeft == 0) {
                blockLeft = file[at++] & 0xff;
                if (blockLeft == 0) {
                    throw ImageRefusal.damaged("GIF whose first frame ends too soon");
                }
            }
            bits |= (file[at++] & 0xff) << bitCount;
            bitCount += 8;
            blockLeft--;
        }
        int code = bits & (1 << width) - 1;
        bits >>>= width;
        bitCount -= width;
        return code;
    }
}
