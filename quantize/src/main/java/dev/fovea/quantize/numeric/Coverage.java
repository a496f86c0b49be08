package dev.fovea.quantize.numeric;

/** The part of a network that is quantized. Which is faster depends on network and machine, and is measured. */
public enum Coverage {
    /** Everything that can be between the first layer with weights and the last. */
    ALL("all operators"),
    /** The same, and means over places behind the last layer, so that fewer numbers are made real. */
    POOLED("all operators and the last mean"),
    /** Layers with weights, and what only moves numbers about between them. */
    LAYERS("layers only");

    private final String words;

    Coverage(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
