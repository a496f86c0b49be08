-- Who answers when a model is unsure. What an evaluation promised is read whole, so it is kept whole, as JSON.
CREATE TABLE model_cascade (
    model TEXT PRIMARY KEY REFERENCES model (name),
    larger TEXT NOT NULL,
    threshold DOUBLE PRECISION NOT NULL,
    version INTEGER NOT NULL,
    declared BIGINT NOT NULL,
    expected TEXT
);

-- What is answered when a model cannot: what another one says, or a stated label.
CREATE TABLE model_fallback (
    model TEXT PRIMARY KEY REFERENCES model (name),
    other TEXT,
    label TEXT,
    CHECK ((other IS NULL) <> (label IS NULL))
);
