-- Parts of labels that a person found right when they were suspected: a box, or a class of several (without a box).
CREATE TABLE confirmed_part (
    id ${text} PRIMARY KEY,
    dataset BIGINT NOT NULL,
    item BIGINT NOT NULL REFERENCES item (id),
    kind ${text} NOT NULL,
    class ${text} NOT NULL,
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL,
    annotator ${text} NOT NULL,
    made BIGINT NOT NULL
);
CREATE INDEX confirmed_part_by_item ON confirmed_part (dataset, item);
