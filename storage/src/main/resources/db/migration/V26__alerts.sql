-- Conditions that were reported, and where their alerts are in their lives. "cleared" is when a condition ceased to hold.
CREATE TABLE alert (
    id ${text} PRIMARY KEY,
    condition_key ${text} NOT NULL,
    model ${text},
    kind ${text} NOT NULL,
    severity ${text} NOT NULL,
    title ${text} NOT NULL,
    detail ${text} NOT NULL,
    evidence ${text},
    since BIGINT NOT NULL,
    state ${text} NOT NULL,
    state_at BIGINT NOT NULL,
    state_by ${text},
    state_note ${text},
    raised BIGINT NOT NULL,
    raises INTEGER NOT NULL,
    reported BIGINT NOT NULL,
    cleared BIGINT
);
CREATE INDEX alert_by_key ON alert (condition_key, id);
CREATE INDEX alert_by_state ON alert (state, state_at);

-- What happened to alerts.
CREATE TABLE alert_entry (
    alert ${text} NOT NULL REFERENCES alert (id),
    number INTEGER NOT NULL,
    at BIGINT NOT NULL,
    event ${text} NOT NULL,
    author ${text} NOT NULL,
    detail ${text} NOT NULL,
    PRIMARY KEY (alert, number)
);

-- What is told of alerts, on which routes.
CREATE TABLE alert_delivery (
    id ${text} PRIMARY KEY,
    alert ${text} NOT NULL REFERENCES alert (id),
    route ${text} NOT NULL,
    event ${text} NOT NULL,
    created BIGINT NOT NULL,
    state ${text} NOT NULL,
    next BIGINT NOT NULL,
    detail ${text} NOT NULL
);
CREATE INDEX alert_delivery_by_alert ON alert_delivery (alert, id);
CREATE INDEX alert_delivery_due ON alert_delivery (state, route, next);

-- Each try to deliver.
CREATE TABLE alert_attempt (
    delivery ${text} NOT NULL REFERENCES alert_delivery (id),
    number INTEGER NOT NULL,
    at BIGINT NOT NULL,
    micros BIGINT NOT NULL,
    delivered INTEGER NOT NULL,
    detail ${text} NOT NULL,
    PRIMARY KEY (delivery, number)
);

-- Alerts that are not told for a while.
CREATE TABLE alert_silence (
    id ${text} PRIMARY KEY,
    model ${text},
    kind ${text},
    begins BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    author ${text} NOT NULL,
    reason ${text} NOT NULL
);
