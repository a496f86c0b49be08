-- Predictions that were drawn for labelling, in the order in which they are labelled.
CREATE TABLE label_plan (
    id ${text} NOT NULL PRIMARY KEY,
    model ${text} NOT NULL REFERENCES model (name),
    version INTEGER NOT NULL,
    made BIGINT NOT NULL,
    starts BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    population INTEGER NOT NULL,
    within DOUBLE PRECISION NOT NULL
);

CREATE TABLE label_draw (
    plan ${text} NOT NULL,
    number INTEGER NOT NULL,
    model ${text} NOT NULL REFERENCES model (name),
    request ${text} NOT NULL,
    probability DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (plan, number)
);

-- Business figures. kind says what subject is: the id of a request, or the key of a caller. Without a version they wait.
CREATE TABLE kpi (
    model ${text} NOT NULL REFERENCES model (name),
    name ${text} NOT NULL,
    kind ${text} NOT NULL,
    subject ${text} NOT NULL,
    happened BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    version INTEGER,
    PRIMARY KEY (model, name, kind, subject, happened)
);
CREATE INDEX kpi_by_time ON kpi (model, happened);
