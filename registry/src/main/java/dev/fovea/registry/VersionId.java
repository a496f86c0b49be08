package dev.fovea.registry;

/**
 * Which version of which model.
 *
 * @param model the model's name
 * @param version its number, from 1
 */
public record VersionId(String model, int version) {

    /** As people write it, {@code shirts:2}. */
    @Override
    public String toString() {
        return model + ":" + version;
    }
}
