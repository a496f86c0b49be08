-- Versions in shadow and what their predictions differ in; see dev.fovea.serving.shadow.
CREATE TABLE shadow (
    model ${text} PRIMARY KEY,
    version INTEGER NOT NULL,
    percent DOUBLE PRECISION NOT NULL,
    started BIGINT NOT NULL,
    started_by TEXT NOT NULL,
    dataset TEXT,
    max_images INTEGER NOT NULL,
    compared BIGINT NOT NULL,
    different BIGINT NOT NULL,
    dropped BIGINT NOT NULL,
    production_nanos BIGINT NOT NULL,
    candidate_nanos BIGINT NOT NULL
);
-- Failures by error code, and changes of the predicted label.
CREATE TABLE shadow_count (
    model ${text} NOT NULL REFERENCES shadow (model),
    kind ${text} NOT NULL,
    name ${text} NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (model, kind, name)
);
CREATE TABLE shadow_difference (
    model ${text} NOT NULL REFERENCES shadow (model),
    at BIGINT NOT NULL,
    request ${text} NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    production TEXT NOT NULL,
    candidate TEXT NOT NULL,
    image TEXT,
    PRIMARY KEY (model, at, request)
);
CREATE INDEX shadow_difference_by_weight ON shadow_difference (model, weight);
