package dev.fovea.cli.data;

import dev.fovea.datasets.catalog.DatasetCatalog.DeletedDataset;

/** A data set that was deleted, as {@code --json} prints it. */
record DeletedRow(String dataset, String deleted, String by, String reason, long images, int versions) {

    static DeletedRow of(DeletedDataset deleted) {
        return new DeletedRow(
                deleted.name(),
                deleted.deleted().toString(),
                deleted.by(),
                deleted.reason(),
                deleted.items(),
                deleted.versions());
    }
}
