package dev.fovea.quantize;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Arrays;
import java.util.Locale;

/** Target precision of a quantization. */
public enum Precision {
    /** Weights and activations are INT8: smaller, and faster on this machine. */
    INT8("INT8"),
    /** Weight-only INT8, computing in FP32: smaller only. */
    INT8_WEIGHTS("INT8 weights"),
    /** FP16: smaller, and faster on accelerators; slower on most CPUs. */
    FP16("FP16");

    private final String words;

    Precision(String words) {
        this.words = words;
    }

    /** Reads what {@link #toString} writes; {@code ARGUMENT_INVALID} for anything else. */
    public static Precision of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The precision \"%s\" is not known. It is one of %s."
                                .formatted(text, Arrays.toString(values()))));
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** As options and documents write it: {@code int8-weights}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
