-- Curated data sets. Hashes are SHA-256 in 32 bytes; bucket is the first 16 bits of an image's hash.
CREATE TABLE dataset (
    id BIGINT PRIMARY KEY,
    name ${text} NOT NULL UNIQUE,
    task ${text} NOT NULL,
    created BIGINT NOT NULL,
    creator ${text} NOT NULL
);

CREATE TABLE dataset_class (
    dataset BIGINT NOT NULL REFERENCES dataset (id),
    position INTEGER NOT NULL,
    name ${text} NOT NULL,
    definition ${text} NOT NULL,
    examples ${text} NOT NULL,
    PRIMARY KEY (dataset, name)
);

-- An image is stored once, whatever data sets it is in: in a pack, a blob of many images, or in place, in its file.
CREATE TABLE image (
    hash ${bytes} PRIMARY KEY,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    format ${text} NOT NULL,
    perceptual_hash BIGINT,
    length BIGINT NOT NULL,
    pack ${text},
    position BIGINT,
    file ${text},
    modified BIGINT
);
CREATE INDEX image_by_pack ON image (pack);

CREATE TABLE item (
    id BIGINT PRIMARY KEY,
    dataset BIGINT NOT NULL REFERENCES dataset (id),
    hash ${bytes} NOT NULL REFERENCES image (hash),
    split ${text} NOT NULL,
    item_group ${text},
    source ${text} NOT NULL,
    added BIGINT NOT NULL,
    removed BIGINT
);
CREATE UNIQUE INDEX item_by_hash ON item (dataset, hash);
CREATE INDEX item_by_dataset ON item (dataset, id);
CREATE INDEX item_everywhere ON item (hash);

-- Also the derived tags class, split and labelled, so that one index serves every filter.
CREATE TABLE item_tag (
    dataset BIGINT NOT NULL,
    name ${text} NOT NULL,
    value ${text} NOT NULL,
    item BIGINT NOT NULL REFERENCES item (id),
    PRIMARY KEY (dataset, name, value, item)
);
CREATE INDEX item_tag_by_item ON item_tag (item);

CREATE TABLE tag_count (
    dataset BIGINT NOT NULL,
    name ${text} NOT NULL,
    value ${text} NOT NULL,
    items BIGINT NOT NULL,
    PRIMARY KEY (dataset, name, value)
);

-- Never changed; a later row replaces an earlier one by being in force.
CREATE TABLE annotation (
    id BIGINT PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES item (id),
    annotator ${text} NOT NULL,
    content ${text} NOT NULL,
    made BIGINT NOT NULL,
    millis BIGINT,
    prefill ${text},
    prefill_model ${text},
    in_force INTEGER NOT NULL,
    client_id ${text} UNIQUE
);
CREATE INDEX annotation_by_item ON annotation (item, id);
CREATE INDEX annotation_by_annotator ON annotation (annotator, id);

-- Leaves of the working state that a commit has to hash again.
CREATE TABLE dirty_leaf (
    dataset BIGINT NOT NULL,
    bucket INTEGER NOT NULL,
    PRIMARY KEY (dataset, bucket)
);

CREATE TABLE dataset_leaf (
    dataset BIGINT NOT NULL,
    bucket INTEGER NOT NULL,
    hash ${bytes} NOT NULL,
    PRIMARY KEY (dataset, bucket)
);

-- The nodes above the leaves; no hash where leaves changed since.
CREATE TABLE dataset_inner (
    dataset BIGINT NOT NULL,
    node INTEGER NOT NULL,
    hash ${bytes},
    PRIMARY KEY (dataset, node)
);
CREATE INDEX dataset_inner_stale ON dataset_inner (dataset, node) WHERE hash IS NULL;

-- Nodes of all versions, by their hash. The bucket is -1 for nodes above the leaves.
CREATE TABLE tree_node (
    hash ${bytes} PRIMARY KEY,
    bucket INTEGER NOT NULL,
    content ${bytes} NOT NULL
);
CREATE INDEX tree_node_by_bucket ON tree_node (bucket);

CREATE TABLE data_version (
    dataset BIGINT NOT NULL REFERENCES dataset (id),
    number INTEGER NOT NULL,
    id ${text} NOT NULL,
    root ${bytes} NOT NULL,
    classes ${text} NOT NULL,
    message ${text} NOT NULL,
    author ${text} NOT NULL,
    created BIGINT NOT NULL,
    items BIGINT NOT NULL,
    labelled BIGINT NOT NULL,
    PRIMARY KEY (dataset, number)
);
CREATE INDEX data_version_by_id ON data_version (id);

-- What was forgotten on request: the hash stays as evidence, the image does not.
CREATE TABLE tombstone (
    hash ${bytes} PRIMARY KEY,
    forgotten BIGINT NOT NULL,
    forgotten_by ${text} NOT NULL,
    reason ${text} NOT NULL,
    models ${text} NOT NULL
);
