package dev.fovea.datasets.curation;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.ItemAnnotation;
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
        faults.addAll(stores.catalog().faults());
        int total = Math.toIntExact(summary.items());
        check(() -> datasets.forEach(summary.dataset().name(), ItemFilter.ALL, item -> {
            check(() -> {
                byte[] _ = stores.images().read(item.image());
                List<ItemAnnotation> _ = stores.items().annotations(item.id());
            });
            progress.at(++images, total);
        }));
        List<SavedVersion> versions = stores.versions().log(summary.dataset().id());
        versions.forEach(version -> check(() -> check(summary.dataset(), version)));
        return new VerifyReport(images, versions.size(), faults);
    }

    /** Its tree has the hash, and the numbers are those of its tree; labels of forgotten images are not known. */
    private void check(Dataset dataset, SavedVersion version) {
        String name = "version %d of the data set \"%s\"".formatted(version.number(), dataset.name());
        DatasetVersions.TreeCounts counts = datasets.versions().counts(version);
        boolean counted = counts.items() == version.items()
                && counts.labelled() <= version.labelled()
                && counts.labelled() + counts.forgotten() >= version.labelled();
        String id = SavedVersion.idOf(dataset.task(), version.question(), version.classes(), version.root());
        if (!id.equals(version.id())) {
            faults.add(
                    "The id of %s, in the table data_version, is not that of its content. Restore the database from a back-up."
                            .formatted(name));
        }
        if (!counted) {
            faults.add(
                    "The numbers of images of %s, in the table data_version, are not those of its tree. Restore the database from a back-up."
                            .formatted(name));
        }
    }

    private interface Check {
        void run();
    }

    private void check(Check check) {
        try {
            check.run();
        } catch (FoveaException e) {
            faults.add(e.getMessage());
        }
    }
}
