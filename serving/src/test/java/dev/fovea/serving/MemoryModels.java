package dev.fovea.serving;

import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.Change;
import dev.fovea.registry.ModelStore;
import dev.fovea.registry.RegisteredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Models that last as long as the test. */
final class MemoryModels implements ModelStore {

    private final TreeMap<String, RegisteredModel> models = new TreeMap<>();
    private final List<AuditEntry> trail = new ArrayList<>();

    @Override
    public synchronized List<RegisteredModel> models() {
        return models.values().stream()
                .filter(model -> !model.versions().isEmpty())
                .toList();
    }

    @Override
    public synchronized Optional<RegisteredModel> model(String name) {
        return Optional.ofNullable(models.get(name))
                .filter(model -> !model.versions().isEmpty());
    }

    @Override
    public synchronized RegisteredModel change(String name, Function<RegisteredModel, Change> step) {
        Change change = step.apply(models.getOrDefault(name, RegisteredModel.unregistered(name)));
        if (change instanceof Change.Made(RegisteredModel after, AuditEntry entry)) {
            models.put(name, after);
            trail.add(entry);
        }
        return change.model();
    }

    @Override
    public synchronized List<AuditEntry> audit(String name, int limit) {
        return trail.reversed().stream()
                .filter(entry -> entry.model().equals(name))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long revision() {
        return trail.size();
    }
}
