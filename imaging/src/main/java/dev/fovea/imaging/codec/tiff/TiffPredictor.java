package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.TiffDirectory;

/**
 * Reverses TIFF's predictors on one row (tag 317). Horizontal differences are of TIFF 6.0, section 14. The
 * floating-point predictor, which also reorders bytes, is of Adobe technical note 3.
 *
 * @param kind 1 none, 2 differences, 3 floating point
 * @param bytes per sample: 1, 2 or 4
 * @param stride samples per pixel within a row
 * @param littleEndian the file's byte order
 */
record TiffPredictor(int kind, int bytes, int stride, boolean littleEndian) {

    static final int NONE = 1;
    static final int DIFFERENCES = 2;
    static final int FLOATING_POINT = 3;

    static TiffPredictor of(TiffDirectory tags, TiffSamples samples, int compression, int stride) {
        boolean predicts = switch (compression) {
            case TiffCompression.LZW,
                    TiffCompression.DEFLATE,
                    TiffCompression.OLD_DEFLATE,
                    TiffCompression.LZMA,
                    TiffCompression.ZSTD -> true;
            default -> false;
        };
        int kind = predicts ? (int) tags.value(TiffDirectory.PREDICTOR).orElse(NONE) : NONE;
        boolean known = kind == NONE
                || (kind == DIFFERENCES && samples.bits() % 8 == 0)
                || (kind == FLOATING_POINT && samples.format() == TiffSamples.FLOAT);
        if (!known) {
            throw ImageRefusal.unsupported(
                    "its TIFF uses predictor %d with samples of %d bits".formatted(kind, samples.bits()),
                    "Save it without a predictor.");
        }
        return new TiffPredictor(kind, samples.bits() / 8, stride, tags.littleEndian());
    }

    /** The byte order of samples in a row that was undone. */
    boolean sampleOrderIsLittle() {
        return littleEndian && kind != FLOATING_POINT;
    }

    void undo(byte[] row, byte[] scratch) {
        switch (kind) {
            case DIFFERENCES -> addUp(row);
            case FLOATING_POINT -> {
                for (int i = stride; i < row.length; i++) {
                    row[i] += row[i - stride];
                }
                sort(row, scratch);
            }
            default -> {
                // as stored
            }
        }
    }

    private void addUp(byte[] row) {
        int step = bytes * stride;
        for (int at = step; at + bytes <= row.length; at += bytes) {
            int carry = 0;
            for (int k = 0; k < bytes; k++) {
                int i = at + (littleEndian ? k : bytes - 1 - k);
                int sum = (row[i] & 0xff) + (row[i - step] & 0xff) + carry;
                row[i] = (byte) sum;
                carry = sum >> 8;
            }
        }
    }

    private void sort(byte[] row, byte[] scratch) {
        int count = row.length / bytes;
        System.arraycopy(row, 0, scratch, 0, row.length);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < bytes; k++) {
                row[i * bytes + k] = scratch[k * count + i];
            }
        }
    }
}
