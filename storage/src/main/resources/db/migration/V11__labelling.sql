-- How a data set is labelled; items up to "queued" have a row in label_task if they were unlabelled then.
CREATE TABLE labelling (
    dataset BIGINT PRIMARY KEY REFERENCES dataset (id),
    settings ${text} NOT NULL,
    queued BIGINT NOT NULL
);

-- What is to be done with an image. Urgent ones come first, then high scores, then small hashes, which are random.
CREATE TABLE label_task (
    item BIGINT PRIMARY KEY REFERENCES item (id),
    dataset BIGINT NOT NULL,
    hash ${bytes} NOT NULL,
    state ${text} NOT NULL,
    urgent INTEGER NOT NULL,
    reason ${text},
    extra INTEGER NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    known ${text},
    confidence DOUBLE PRECISION,
    disputed INTEGER NOT NULL
);
CREATE INDEX label_task_random ON label_task (dataset, state, urgent DESC, hash);
CREATE INDEX label_task_uncertain ON label_task (dataset, state, urgent DESC, score DESC, hash);
CREATE INDEX label_task_disputed ON label_task (dataset, disputed, item);

-- An image that a person has or had, and the annotation that came of it.
CREATE TABLE label_lease (
    id ${text} PRIMARY KEY,
    dataset BIGINT NOT NULL,
    item BIGINT NOT NULL REFERENCES item (id),
    annotator ${text} NOT NULL,
    reason ${text} NOT NULL,
    state ${text} NOT NULL,
    expires BIGINT NOT NULL,
    prefill_hidden INTEGER NOT NULL,
    prefill ${text},
    prefill_model ${text},
    annotation BIGINT
);
CREATE INDEX label_lease_by_item ON label_lease (item, annotator);
CREATE INDEX label_lease_by_dataset ON label_lease (dataset, item);
CREATE INDEX label_lease_by_annotator ON label_lease (dataset, annotator);
CREATE INDEX label_lease_by_annotation ON label_lease (annotation);
