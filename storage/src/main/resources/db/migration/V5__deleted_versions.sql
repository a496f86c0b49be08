-- The numbers of versions that were deleted; none is given again.
CREATE TABLE deleted_version (
    model TEXT NOT NULL REFERENCES model (name),
    number INTEGER NOT NULL,
    PRIMARY KEY (model, number)
);
