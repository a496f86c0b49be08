package dev.fovea.imaging.codec.tiff;

import java.io.IOException;
import java.io.InputStream;

/**
 * TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, widened one code early. Files of before
 * 1988 have the lowest bit first and widen on time; they begin with a clear code in that order.
 */
final class LzwStream extends InputStream {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int CODES = 4096;

    private final byte[] codes;
    private final boolean lowestFirst;
    private final int early;

    private final short[] prefix = new short[CODES];
    private final byte[] last = new byte[CODES];
    private final int[] lengths = new int[CODES];
    private final byte[] text = new byte[CODES + 1];

    private int at;
    private int bits;
    private int bitCount;
    private int codeBits = 9;
    private int next = FIRST;
    private int previous = -1;
    private int textAt;
    private int textEnd;
    private boolean ended;

    LzwStream(byte[] codes) {
        this.codes = codes;
        this.lowestFirst = codes.length > 1 && codes[0] == 0 && (codes[1] & 1) == 1;
        this.early = lowestFirst ? 0 : 1;
        for (int i = 0; i < CLEAR; i++) {
            last[i] = (byte) i;
            lengths[i] = 1;
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? text[textAt++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int done = 0;
        while (done < length && fill()) {
            int some = Math.min(length - done, textEnd - textAt);
            System.arraycopy(text, textAt, into, from + done, some);
            textAt += some;
            done += some;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    /** Whether text is ready; decodes the next code if not. */
    private boolean fill() throws IOException {
        while (textAt == textEnd && !ended) {
            int code = code();
            if (code == END) {
                ended = true;
            } else if (code == CLEAR) {
                codeBits = 9;
                next = FIRST;
                previous = -1;
            } else {
                expand(code);
            }
        }
        return textAt < textEnd;
    }

    private void expand(int code) throws IOException {
        boolean known = code < next && code != CLEAR && code != END;
        if ((!known && (code != next || previous < 0)) || (previous < 0 && code > END)) {
            throw new IOException("LZW code %d where %d are known".formatted(code, next));
        }
        int start = known ? code : previous;
        int length = lengths[start];
        textAt = 0;
        textEnd = known ? length : length + 1;
        for (int i = length - 1, entry = start; i >= 0; i--, entry = prefix[entry]) {
            text[i] = last[entry];
        }
        if (!known) {
            text[length] = text[0];
        }
        if (previous >= 0 && next < CODES) {
            prefix[next] = (short) previous;
            last[next] = text[0];
            lengths[next] = Math.min(lengths[previous] + 1, CODES);
            next++;
            if (next + early >= 1 << codeBits && codeBits < 12) {
                codeBits++;
            }
        }
        previous = code;
    }

    private int code() {
        while (bitCount < codeBits) {
            if (at == codes.length) {
                return END;
            }
            int value = codes[at++] & 0xff;
            bits = lowestFirst ? bits | value << bitCount : bits << 8 | value;
            bitCount += 8;
        }
        bitCount -= codeBits;
        int mask = (1 << codeBits) - 1;
        if (lowestFirst) {
            int code = bits & mask;
            bits >>>= codeBits;
            return code;
        }
        int code = bits >>> bitCount & mask;
        bits &= (1 << bitCount) - 1;
        return code;
    }
}
