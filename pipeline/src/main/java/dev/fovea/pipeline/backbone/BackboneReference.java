package dev.fovea.pipeline.backbone;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A backbone as people state it.
 *
 * @param from an ONNX file or the folder that it is in, {@code NAME} or {@code NAME:VERSION} of a registered model, or
 *     a name of the catalogue
 * @param contract file with its preprocessing contract, where it carries none
 * @param cut name of the tensor to cut at; empty for the one that is found
 */
public record BackboneReference(String from, Optional<Path> contract, Optional<String> cut) {

    /** A reference to what carries its contract, cut where its classifier begins. */
    public static BackboneReference of(String from) {
        return new BackboneReference(from, Optional.empty(), Optional.empty());
    }
}
