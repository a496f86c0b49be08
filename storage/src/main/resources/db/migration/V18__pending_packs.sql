-- Packs that are written before the rows that name them, and when: those of a process that was killed in between are
-- removed a day later.
CREATE TABLE pending_pack (
    id ${text} NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);
