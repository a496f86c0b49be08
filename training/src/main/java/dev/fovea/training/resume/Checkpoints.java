package dev.fovea.training.resume;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.training.kernel.TorchKernels;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down where a training stands, every half minute, and puts another one where it stood. All arrays that learning
 * changes are tracked by name. The training thread owns it.
 */
public final class Checkpoints {

    private static final double INTERVAL_SECONDS = 30;

    /** The first one comes early, so that a disk that cannot hold it is told of at once. */
    private static final int FIRST = 4;

    private final Optional<StateFile> file;
    private final Optional<TrainingState> state;
    private final NDManager root;
    private final Map<String, NDArray> tracked = new LinkedHashMap<>();
    private double last;

    /**
     * Reads the state of an earlier training.
     *
     * @param file where it is; empty for a training that is not written down
     * @param root manager of short-lived arrays
     */
    public Checkpoints(Optional<StateFile> file, NDManager root) {
        this.file = file;
        this.state = file.flatMap(StateFile::read);
        this.root = root;
    }

    /** Where the earlier training stood; empty to begin anew. */
    public Optional<TrainingState.Position> position() {
        return state.map(TrainingState::position);
    }

    /** The best weights of the earlier training. */
    public Map<String, float[]> best() {
        Map<String, float[]> best = new LinkedHashMap<>();
        state.ifPresent(each -> each.arrays().forEach((name, values) -> {
            if (name.startsWith(TrainingState.BEST)) {
                best.put(name.substring(TrainingState.BEST.length()), values);
            }
        }));
        return best;
    }

    /** Arrays that learning changes in place; they take the values of the earlier training, where there is one. */
    public void track(String prefix, Map<String, NDArray> arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        arrays.forEach((name, array) -> named.put(prefix + name, array));
        tracked.putAll(named);
        state.ifPresent(earlier -> {
            try (NDManager pass = root.newSubManager()) {
                List<NDArray> values = named.entrySet().stream()
                        .map(each -> pass.create(
                                values(earlier, each.getKey(), each.getValue().size()),
                                each.getValue().getShape()))
                        .toList();
                new TorchKernels(pass).assign(List.copyOf(named.values()), values);
            }
        });
    }

    private float[] values(TrainingState earlier, String name, long size) {
        float[] values = earlier.arrays().getOrDefault(name, new float[0]);
        if (values.length != size) {
            throw new FoveaException(
                    ErrorCode.TRAINING_FAILED,
                    "The state in %s lacks %s, as one of another version of Fovea does. Remove the file to train anew."
                            .formatted(file.map(StateFile::path).orElseThrow(), name));
        }
        return values;
    }

    /** Whether a state is to be written after so many steps and seconds. */
    public boolean due(int steps, double seconds) {
        return file.isPresent() && (steps == FIRST || seconds - last >= INTERVAL_SECONDS);
    }

    /** Writes the state; a training goes on where that fails, and says so on the error output. */
    public void write(TrainingState.Position position, Map<String, float[]> best) {
        last = position.time().seconds();
        Map<String, float[]> arrays = new LinkedHashMap<>();
        tracked.forEach((name, array) -> arrays.put(name, array.toFloatArray()));
        best.forEach((name, values) -> arrays.put(TrainingState.BEST + name, values));
        try {
            file.orElseThrow().write(new TrainingState(position, arrays));
        } catch (IOException e) {
            System.err.println("The state of the training could not be written: " + e);
        }
    }
}
