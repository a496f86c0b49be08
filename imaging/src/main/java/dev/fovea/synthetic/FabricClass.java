package dev.fovea.synthetic;

import java.util.Locale;

/** What a fabric image shows. */
public enum FabricClass {
    /** Sound cloth, though perhaps stained, printed, creased or in shadow. */
    NONE,
    /** A round opening, frayed along its edge. */
    HOLE,
    /** A long, narrow, ragged opening. */
    TEAR;

    /** The class as a label and folder name, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
