package dev.fovea.model.checkpoint;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;

/** Why a checkpoint is refused; every message names the file. */
final class CheckpointFault {

    private static final String WEIGHTS_ONLY =
            "Save the weights alone where they were trained, with torch.save(model.state_dict(), \"weights.pth\") or as safetensors.";

    private final String source;

    CheckpointFault(String source) {
        this.source = source;
    }

    /** {@code CHECKPOINT_CORRUPT}: the file contradicts itself or is cut short. */
    FoveaException corrupt(String what) {
        return new FoveaException(
                ErrorCode.CHECKPOINT_CORRUPT,
                "%s %s. Nothing was read of it. Copy or download it again.".formatted(source, what));
    }

    /** {@code CHECKPOINT_CORRUPT}: a file of a kind that is not read. */
    FoveaException foreign(String what, String remedy) {
        return new FoveaException(ErrorCode.CHECKPOINT_CORRUPT, "%s %s. %s".formatted(source, what, remedy));
    }

    /** {@code CHECKPOINT_UNSAFE}: the file wants something done that tensors do not need. */
    FoveaException unsafe(String what) {
        return new FoveaException(
                ErrorCode.CHECKPOINT_UNSAFE,
                "%s %s, which weights do not need. Nothing of it was run. %s".formatted(source, what, WEIGHTS_ONLY));
    }

    /** A name from the file, as it may be printed. */
    static String quoted(String name) {
        return "\"%s\"".formatted(Printable.brief(name));
    }
}
