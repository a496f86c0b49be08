-- Sketches of traffic by server, and what drift detection knows; see dev.fovea.monitoring.sketch and .drift.
CREATE TABLE traffic_sketch (
    model ${text} NOT NULL,
    version INTEGER NOT NULL,
    started BIGINT NOT NULL,
    server ${text} NOT NULL,
    minutes INTEGER NOT NULL,
    sketch ${bytes} NOT NULL,
    PRIMARY KEY (model, version, started, server)
);
CREATE INDEX traffic_sketch_by_start ON traffic_sketch (started);
CREATE TABLE drift_setting (
    model ${text} PRIMARY KEY,
    days DOUBLE PRECISION NOT NULL,
    rhythm ${text} NOT NULL
);
CREATE TABLE drift_acceptance (
    model ${text} NOT NULL,
    version INTEGER NOT NULL,
    accepted_from BIGINT NOT NULL,
    accepted_until BIGINT NOT NULL,
    accepted_by TEXT NOT NULL,
    PRIMARY KEY (model, version)
);
-- Means are 64-bit floating-point numbers, big-endian.
CREATE TABLE drift_block (
    model ${text} NOT NULL,
    version INTEGER NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    images BIGINT NOT NULL,
    means ${bytes} NOT NULL,
    PRIMARY KEY (model, version, started)
);
CREATE TABLE drift_report (
    model ${text} NOT NULL,
    version INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (model, version)
);
