-- Written in what SQLite and PostgreSQL share. Times are epoch microseconds.

-- One row: which schema the home has and which program wrote it, so that an older program can say so.
CREATE TABLE home (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version INTEGER NOT NULL,
    program TEXT NOT NULL
);

-- One row, locked by whoever changes a model: it puts changes in order and tells others that there was one.
CREATE TABLE registry_revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    value BIGINT NOT NULL
);
INSERT INTO registry_revision (id, value) VALUES (1, 0);

CREATE TABLE model (
    name TEXT PRIMARY KEY,
    canary_version INTEGER,
    canary_percent DOUBLE PRECISION,
    CHECK ((canary_version IS NULL) = (canary_percent IS NULL))
);

CREATE TABLE model_version (
    model TEXT NOT NULL REFERENCES model (name),
    number INTEGER NOT NULL CHECK (number > 0),
    created BIGINT NOT NULL,
    task TEXT NOT NULL,
    bundle TEXT NOT NULL,
    labels TEXT NOT NULL,
    note TEXT NOT NULL,
    lineage TEXT NOT NULL,
    metrics TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    parameters BIGINT NOT NULL,
    PRIMARY KEY (model, number)
);

CREATE TABLE model_alias (
    model TEXT NOT NULL,
    alias TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (model, alias),
    FOREIGN KEY (model, version) REFERENCES model_version (model, number)
);

-- The production history as a stack: the highest position is in force.
CREATE TABLE promotion (
    model TEXT NOT NULL,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    promoted BIGINT NOT NULL,
    PRIMARY KEY (model, position),
    FOREIGN KEY (model, version) REFERENCES model_version (model, number)
);

CREATE TABLE audit (
    revision BIGINT PRIMARY KEY,
    happened BIGINT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    model TEXT NOT NULL REFERENCES model (name),
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_by_model ON audit (model, revision);

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT,
    message TEXT NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    process_started BIGINT NOT NULL
);
CREATE INDEX job_by_state ON job (state, id);

CREATE TABLE monitoring_state (
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved BIGINT NOT NULL,
    state ${bytes} NOT NULL,
    PRIMARY KEY (model, version)
);

-- A version and its report are read whole, so they are kept whole, as JSON.
CREATE TABLE dataset_version (
    id TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    labels TEXT NOT NULL,
    images INTEGER NOT NULL,
    saved BIGINT NOT NULL,
    content TEXT NOT NULL,
    report TEXT NOT NULL
);
