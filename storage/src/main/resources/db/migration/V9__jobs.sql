-- Jobs with their requests, steps and results. A running job belongs to a process; its lease tells others that it lives.
DROP TABLE job;
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    created BIGINT NOT NULL,
    started BIGINT,
    ended BIGINT,
    step TEXT NOT NULL,
    fraction DOUBLE PRECISION NOT NULL,
    detail TEXT NOT NULL,
    cancel_requested INTEGER NOT NULL,
    lease BIGINT,
    host TEXT,
    pid BIGINT,
    process_started BIGINT,
    result TEXT,
    report TEXT,
    code TEXT,
    message TEXT NOT NULL
);
CREATE INDEX job_by_state ON job (state, id);
