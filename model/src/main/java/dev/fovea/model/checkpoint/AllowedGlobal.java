package dev.fovea.model.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/**
 * The classes and functions that a pickle of tensors names. Each is carried out here by a few lines of ours; nothing of
 * Python exists. The list is a part of what PyTorch allows with {@code weights_only=True}
 * ({@code torch/_weights_only_unpickler.py}).
 */
enum AllowedGlobal {
    ORDERED_DICT("collections", "OrderedDict"),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2"),
    REBUILD_TENSOR_FIRST("torch._utils", "_rebuild_tensor"),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
    SIZE("torch", "Size"),
    DEVICE("torch", "device");

    private final String module;
    private final String name;

    AllowedGlobal(String module, String name) {
        this.module = module;
        this.name = name;
    }

    /** Empty for what is not on the list. */
    static Optional<PickledValue> find(String module, String name) {
        Optional<PickledValue> type = module.equals("torch")
                ? StoredType.ofStorage(name).map(PickledValue.NumberType::new)
                : Optional.empty();
        return type.or(() -> Arrays.stream(values())
                .filter(global -> global.module.equals(module) && global.name.equals(name))
                .findFirst()
                .map(PickledValue.PickledGlobal::new));
    }
}
