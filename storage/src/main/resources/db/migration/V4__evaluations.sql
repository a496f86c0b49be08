-- Evaluations of versions. A report is read whole, so it is kept whole, as JSON.
CREATE TABLE evaluation (
    id TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    origin TEXT NOT NULL,
    task TEXT NOT NULL,
    data_id TEXT NOT NULL,
    data_name TEXT NOT NULL,
    images INTEGER NOT NULL,
    learned_from INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    created BIGINT NOT NULL,
    report TEXT NOT NULL
);
CREATE INDEX evaluation_by_version ON evaluation (model, version, id);

-- Every image of an evaluation. What was detected in it is read whole, as JSON in "detail"; the detail of a failure is
-- its message. A thumbnail is a piece of a blob that holds many.
CREATE TABLE evaluation_image (
    evaluation TEXT NOT NULL REFERENCES evaluation (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    truth TEXT NOT NULL,
    predicted TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    detail TEXT NOT NULL,
    pack TEXT,
    pack_offset INTEGER,
    pack_length INTEGER,
    PRIMARY KEY (evaluation, number)
);
