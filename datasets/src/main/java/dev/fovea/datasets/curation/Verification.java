package dev.fovea.datasets.curation;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;

/** Verifies a data set; one instance serves one call. */
final class Verification {

    private final Datasets datasets;
    private final Datasets.DatasetStores stores;
    private final List<String> faults = new ArrayList<>();
    private int images;

    Verification(Datasets datasets, Datasets.DatasetStores stores) {
        this.datasets = datasets;
        this.stores = stores;
    }

    VerifyReport run(DatasetCatalog.DatasetSummary summary, IngestProgress progress) {
        int total = Math.toIntExact(summary.items());
        datasets.forEach(summary.dataset().name(), ItemFilter.ALL, item -> {
            check(() -> stores.images().read(item.image()));
            progress.at(++images, total);
        });
        List<SavedVersion> versions = stores.versions().log(summary.dataset().id());
        versions.forEach(version -> check(() -> {
            datasets.versions().forEach(summary.dataset().name(), version, _ -> {});
            return version;
        }));
        return new VerifyReport(images, versions.size(), faults);
    }

    private interface Check {
        Object run();
    }

    private void check(Check check) {
        try {
            Object _ = check.run();
        } catch (FoveaException e) {
            faults.add(e.getMessage());
        }
    }
}
