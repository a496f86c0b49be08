-- Versions that are set aside until they are restored.
CREATE TABLE archived_version (
    model TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (model, number),
    FOREIGN KEY (model, number) REFERENCES model_version (model, number)
);

-- Files that a deletion left: bundles, and packs of thumbnails. They are removed after it, or when the home is opened next.
CREATE TABLE leftover (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX evaluation_image_by_pack ON evaluation_image (pack);
