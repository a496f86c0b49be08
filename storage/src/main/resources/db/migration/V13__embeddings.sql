-- A cache of embeddings: half-precision floats, by image and by what made them.
CREATE TABLE embedder (
    id BIGINT PRIMARY KEY,
    name ${text} NOT NULL UNIQUE,
    used BIGINT NOT NULL,
    bytes BIGINT NOT NULL
);

CREATE TABLE embedding (
    embedder BIGINT NOT NULL REFERENCES embedder (id),
    hash ${bytes} NOT NULL REFERENCES image (hash),
    vector ${bytes} NOT NULL,
    PRIMARY KEY (embedder, hash)
);
CREATE INDEX embedding_by_hash ON embedding (hash);
