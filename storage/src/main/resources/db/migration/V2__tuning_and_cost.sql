-- How a bundle runs best on a machine, as it was measured there.
CREATE TABLE tuning (
    bundle TEXT NOT NULL,
    machine TEXT NOT NULL,
    measured BIGINT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (bundle, machine)
);

-- What asking services elsewhere has cost: one row for each of them and month (2026-11), in millionths of the currency.
CREATE TABLE remote_cost (
    model TEXT NOT NULL,
    month TEXT NOT NULL,
    calls BIGINT NOT NULL,
    micros BIGINT NOT NULL,
    PRIMARY KEY (model, month)
);
