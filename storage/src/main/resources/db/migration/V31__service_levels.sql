-- What was promised of a model, as JSON.
CREATE TABLE objective (
    model ${text} NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
);

-- How requests went: in slots of 5 minutes by server, and of 60 when they are some days old. Latencies are a histogram.
CREATE TABLE service_level (
    model ${text} NOT NULL,
    started BIGINT NOT NULL,
    server ${text} NOT NULL,
    minutes INTEGER NOT NULL,
    latencies ${bytes} NOT NULL,
    failures BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    fallbacks BIGINT NOT NULL,
    cpu_nanos BIGINT NOT NULL,
    remote_calls BIGINT NOT NULL,
    remote_micros BIGINT NOT NULL,
    PRIMARY KEY (model, started, server)
);
CREATE INDEX service_level_by_time ON service_level (started);
