-- How an experiment shares a model's traffic out, as JSON.
ALTER TABLE model ADD COLUMN split TEXT;

-- Experiments, with how often values of the figure had been repeated before.
CREATE TABLE experiment (
    id ${text} NOT NULL PRIMARY KEY,
    model ${text} NOT NULL,
    active INTEGER NOT NULL,
    document TEXT NOT NULL,
    repeated_before BIGINT NOT NULL
);
CREATE INDEX experiment_by_model ON experiment (model, id);
CREATE INDEX experiment_by_activity ON experiment (active, id);

-- Requests without a key, counted by each server in stretches of time, in microseconds.
CREATE TABLE experiment_count (
    experiment ${text} NOT NULL,
    server ${text} NOT NULL,
    started BIGINT NOT NULL,
    version INTEGER NOT NULL,
    units BIGINT NOT NULL,
    fallbacks BIGINT NOT NULL,
    PRIMARY KEY (experiment, server, started, version)
);

-- Units with a key, and those without one that have values. The metric's value is of the sum of the unit's values.
CREATE TABLE experiment_unit (
    experiment ${text} NOT NULL,
    unit ${text} NOT NULL,
    version INTEGER NOT NULL,
    keyed INTEGER NOT NULL,
    started BIGINT NOT NULL,
    total DOUBLE PRECISION NOT NULL,
    metric DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (experiment, unit)
);

-- What an experiment made of a business figure: COUNTED, LATE or UNKNOWN; without an experiment it is open.
ALTER TABLE kpi ADD COLUMN experiment ${text};
ALTER TABLE kpi ADD COLUMN fate ${text};
CREATE INDEX kpi_by_experiment ON kpi (model, name, experiment, fate, happened);

-- How often business figures were said again.
CREATE TABLE kpi_repeat (
    model ${text} NOT NULL REFERENCES model (name),
    name ${text} NOT NULL,
    repeated BIGINT NOT NULL,
    PRIMARY KEY (model, name)
);
