-- Evidence of data sets that were deleted. Their ids are not given again.
CREATE TABLE deleted_dataset (
    dataset BIGINT PRIMARY KEY,
    name ${text} NOT NULL,
    deleted BIGINT NOT NULL,
    deleted_by ${text} NOT NULL,
    reason ${text} NOT NULL,
    items BIGINT NOT NULL,
    versions INTEGER NOT NULL
);
CREATE INDEX deleted_dataset_by_name ON deleted_dataset (name);
