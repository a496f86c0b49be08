-- Written in what SQLite and PostgreSQL share; ${text} and ${bytes} are their own. Text sorts by its bytes in both.
-- Times are epoch microseconds.

-- One row: which schema the home has and which program wrote it, so that an older program can say so.
CREATE TABLE home (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version INTEGER NOT NULL,
    program ${text} NOT NULL
);

-- One row, locked by whoever changes a model: it puts changes in order and tells others that there was one.
CREATE TABLE registry_revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    value BIGINT NOT NULL
);
INSERT INTO registry_revision (id, value) VALUES (1, 0);

CREATE TABLE model (
    name ${text} PRIMARY KEY,
    canary_version INTEGER,
    canary_percent DOUBLE PRECISION,
    CHECK ((canary_version IS NULL) = (canary_percent IS NULL))
);

CREATE TABLE model_version (
    model ${text} NOT NULL REFERENCES model (name),
    number INTEGER NOT NULL CHECK (number > 0),
    created BIGINT NOT NULL,
    task ${text} NOT NULL,
    bundle ${text} NOT NULL,
    labels ${text} NOT NULL,
    note ${text} NOT NULL,
    lineage ${text} NOT NULL,
    metrics ${text} NOT NULL,
    evaluation ${text} NOT NULL,
    size_bytes BIGINT NOT NULL,
    parameters BIGINT NOT NULL,
    PRIMARY KEY (model, number)
);

CREATE TABLE model_alias (
    model ${text} NOT NULL,
    alias ${text} NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (model, alias),
    FOREIGN KEY (model, version) REFERENCES model_version (model, number)
);

-- The production history as a stack: the highest position is in force.
CREATE TABLE promotion (
    model ${text} NOT NULL,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    promoted BIGINT NOT NULL,
    PRIMARY KEY (model, position),
    FOREIGN KEY (model, version) REFERENCES model_version (model, number)
);

CREATE TABLE audit (
    revision BIGINT PRIMARY KEY,
    happened BIGINT NOT NULL,
    who ${text} NOT NULL,
    action ${text} NOT NULL,
    model ${text} NOT NULL REFERENCES model (name),
    version INTEGER NOT NULL,
    reason ${text} NOT NULL,
    detail ${text} NOT NULL
);
CREATE INDEX audit_by_model ON audit (model, revision);

CREATE TABLE job (
    id ${text} PRIMARY KEY,
    kind ${text} NOT NULL,
    subject ${text} NOT NULL,
    state ${text} NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT,
    message ${text} NOT NULL,
    host ${text} NOT NULL,
    pid BIGINT NOT NULL,
    process_started BIGINT NOT NULL
);
CREATE INDEX job_by_state ON job (state, id);

-- The figures of a server; "server" is empty where only one can work on the home.
CREATE TABLE monitoring_state (
    server ${text} NOT NULL,
    model ${text} NOT NULL,
    version INTEGER NOT NULL,
    saved BIGINT NOT NULL,
    state ${bytes} NOT NULL,
    PRIMARY KEY (server, model, version)
);

-- A version and its report are read whole, so they are kept whole, as JSON.
CREATE TABLE dataset_version (
    id ${text} PRIMARY KEY,
    folder ${text} NOT NULL,
    labels ${text} NOT NULL,
    images INTEGER NOT NULL,
    saved BIGINT NOT NULL,
    content ${text} NOT NULL,
    report ${text} NOT NULL
);

-- How a bundle runs best on a machine, as it was measured there.
CREATE TABLE tuning (
    bundle ${text} NOT NULL,
    machine ${text} NOT NULL,
    measured BIGINT NOT NULL,
    result ${text} NOT NULL,
    PRIMARY KEY (bundle, machine)
);

-- What asking services elsewhere has cost: one row for each of them and month (2026-11), in millionths of the currency.
CREATE TABLE remote_cost (
    model ${text} NOT NULL,
    month ${text} NOT NULL,
    calls BIGINT NOT NULL,
    micros BIGINT NOT NULL,
    PRIMARY KEY (model, month)
);

-- Who answers when a model is unsure. What an evaluation promised is read whole, so it is kept whole, as JSON.
CREATE TABLE model_cascade (
    model ${text} PRIMARY KEY REFERENCES model (name),
    larger ${text} NOT NULL,
    threshold DOUBLE PRECISION NOT NULL,
    version INTEGER NOT NULL,
    declared BIGINT NOT NULL,
    expected ${text}
);

-- What is answered when a model cannot: what another one says, or a stated label.
CREATE TABLE model_fallback (
    model ${text} PRIMARY KEY REFERENCES model (name),
    other ${text},
    label ${text},
    CHECK ((other IS NULL) <> (label IS NULL))
);

-- Evaluations of versions. A report is read whole, so it is kept whole, as JSON.
CREATE TABLE evaluation (
    id ${text} PRIMARY KEY,
    model ${text} NOT NULL,
    version INTEGER NOT NULL,
    origin ${text} NOT NULL,
    task ${text} NOT NULL,
    data_id ${text} NOT NULL,
    data_name ${text} NOT NULL,
    images INTEGER NOT NULL,
    learned_from INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    created BIGINT NOT NULL,
    report ${text} NOT NULL
);
CREATE INDEX evaluation_by_version ON evaluation (model, version, id);

-- Every image of an evaluation. What was detected in it is read whole, as JSON in "detail"; the detail of a failure is
-- its message. A thumbnail is a piece of a blob that holds many.
CREATE TABLE evaluation_image (
    evaluation ${text} NOT NULL REFERENCES evaluation (id),
    number INTEGER NOT NULL,
    name ${text} NOT NULL,
    content_hash ${text} NOT NULL,
    kind ${text} NOT NULL,
    truth ${text} NOT NULL,
    predicted ${text} NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    detail ${text} NOT NULL,
    pack ${text},
    pack_offset INTEGER,
    pack_length INTEGER,
    PRIMARY KEY (evaluation, number)
);

-- The numbers of versions that were deleted; none is given again.
CREATE TABLE deleted_version (
    model ${text} NOT NULL REFERENCES model (name),
    number INTEGER NOT NULL,
    PRIMARY KEY (model, number)
);

-- Versions that are set aside until they are restored.
CREATE TABLE archived_version (
    model ${text} NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (model, number),
    FOREIGN KEY (model, number) REFERENCES model_version (model, number)
);

-- Files that a deletion left: bundles, and packs of thumbnails. They are removed after it, or when the home is opened next.
CREATE TABLE leftover (
    kind ${text} NOT NULL,
    id ${text} NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX evaluation_image_by_pack ON evaluation_image (pack);
