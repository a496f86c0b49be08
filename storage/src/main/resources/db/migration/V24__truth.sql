-- True labels of predicted images, by the id of the request. The labels that came first stand until they are replaced.
CREATE TABLE truth (
    model ${text} NOT NULL REFERENCES model (name),
    request ${text} NOT NULL,
    labels ${text} NOT NULL,
    source ${text} NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (model, request)
);

-- The predictions of a truth's request, one for each version that predicted; without any, the truth waits.
CREATE TABLE truth_prediction (
    model ${text} NOT NULL REFERENCES model (name),
    request ${text} NOT NULL,
    version INTEGER NOT NULL,
    contract ${text} NOT NULL,
    predicted BIGINT NOT NULL,
    is_right INTEGER,
    PRIMARY KEY (model, request, version)
);
CREATE INDEX truth_prediction_by_time ON truth_prediction (model, version, predicted);

-- Labels that contradict those that stand.
CREATE TABLE truth_conflict (
    model ${text} NOT NULL REFERENCES model (name),
    request ${text} NOT NULL,
    labels ${text} NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (model, request, labels)
);

-- How often labels were said again.
CREATE TABLE truth_repeat (
    model ${text} NOT NULL PRIMARY KEY REFERENCES model (name),
    repeated BIGINT NOT NULL
);
