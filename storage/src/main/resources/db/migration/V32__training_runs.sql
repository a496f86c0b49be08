-- Runs: parameters, metrics and tags of a training as JSON, and its curves. They outlive the job, and go with the version.
CREATE TABLE training_run (
    id ${text} NOT NULL PRIMARY KEY,
    model ${text} NOT NULL,
    version INTEGER,
    job ${text},
    document TEXT NOT NULL,
    curves TEXT NOT NULL
);
CREATE INDEX training_run_by_model ON training_run (model, id);
CREATE INDEX training_run_by_job ON training_run (job);
