package dev.fovea.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A store that lasts as long as the test. */
final class MemoryStore implements ModelStore {

    private final SortedMap<String, RegisteredModel> models = new TreeMap<>();
    private final List<AuditEntry> trail = new ArrayList<>();

    @Override
    public List<RegisteredModel> models() {
        return models.values().stream()
                .filter(model -> !model.versions().isEmpty())
                .toList();
    }

    @Override
    public Optional<RegisteredModel> model(String name) {
        return Optional.ofNullable(models.get(name))
                .filter(model -> !model.versions().isEmpty());
    }

    @Override
    public RegisteredModel change(String name, Function<RegisteredModel, Change> step) {
        Change change = step.apply(models.getOrDefault(name, RegisteredModel.unregistered(name)));
        if (change instanceof Change.Made(RegisteredModel after, AuditEntry entry)) {
            models.put(name, after);
            trail.add(entry);
        }
        return change.model();
    }

    @Override
    public List<AuditEntry> audit(String name, int limit) {
        return trail.reversed().stream()
                .filter(entry -> entry.model().equals(name))
                .limit(limit)
                .toList();
    }

    @Override
    public long revision() {
        return trail.size();
    }
}
