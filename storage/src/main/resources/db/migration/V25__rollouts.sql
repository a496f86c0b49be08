-- Staged rollouts, and what each server has counted of those that are under way.
CREATE TABLE rollout (
    id ${text} NOT NULL PRIMARY KEY,
    model ${text} NOT NULL,
    active INTEGER NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX rollout_by_model ON rollout (model, id);
CREATE INDEX rollout_by_activity ON rollout (active, id);
CREATE TABLE rollout_sums (
    rollout ${text} NOT NULL,
    server ${text} NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (rollout, server)
);
