package dev.fovea.datasets;

import dev.fovea.datasets.report.IngestReportJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that forgets; its clock is a counter. */
final class InMemoryDatasetStore implements DatasetStore {

    private record Entry(DatasetVersion version, IngestReport report, long savedMicros) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    @Override
    public synchronized void save(DatasetVersion version, IngestReport report) {
        entries.putIfAbsent(version.id(), new Entry(version, report, entries.size()));
    }

    @Override
    public synchronized Optional<DatasetVersion> find(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::version);
    }

    @Override
    public synchronized Optional<String> report(String id) {
        return Optional.ofNullable(entries.get(id)).map(entry -> IngestReportJson.write(entry.report()));
    }

    @Override
    public synchronized List<Summary> list() {
        List<Summary> summaries = new ArrayList<>();
        entries.values().forEach(entry -> summaries.addFirst(summary(entry)));
        return summaries;
    }

    private static Summary summary(Entry entry) {
        DatasetVersion version = entry.version();
        return new Summary(
                version.id(),
                entry.report().folder(),
                version.labels(),
                version.items().size(),
                entry.savedMicros());
    }
}
