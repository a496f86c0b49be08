-- Trees whose leaves split when they are full. Versions of the trees before are dropped; all images are put in again.
DROP TABLE dirty_leaf;
DROP TABLE dataset_leaf;
DROP TABLE dataset_inner;
DELETE FROM data_version;
DROP TABLE tree_node;

-- Nodes of all versions, by their hash. The place is that of a leaf, and -1 for nodes above the leaves.
CREATE TABLE tree_node (
    hash ${bytes} PRIMARY KEY,
    place BIGINT NOT NULL,
    content ${bytes} NOT NULL
);
CREATE INDEX tree_node_by_place ON tree_node (place);

-- The root of the tree of the present state, without the images that changed since.
ALTER TABLE dataset ADD COLUMN root ${bytes};

CREATE TABLE changed_item (
    dataset BIGINT NOT NULL,
    item BIGINT NOT NULL,
    hash ${bytes} NOT NULL,
    PRIMARY KEY (dataset, item, hash)
) ${clustered};
INSERT INTO changed_item (dataset, item, hash) SELECT dataset, id, hash FROM item;

-- One index by hash instead of two: their entries come in no order and cost most of what adding an image writes.
DROP INDEX item_by_hash;
DROP INDEX item_everywhere;
CREATE UNIQUE INDEX item_by_hash ON item (hash, dataset);

-- Class, but not split and labelled, which are columns of item.
ALTER TABLE item ADD COLUMN labelled INTEGER NOT NULL DEFAULT 0;
UPDATE item SET labelled = 1 WHERE EXISTS (SELECT 1 FROM annotation a WHERE a.item = item.id AND a.in_force = 1);
DROP INDEX item_by_dataset;
CREATE INDEX item_by_dataset ON item (dataset, id);
CREATE INDEX item_by_split ON item (dataset, split, id) WHERE removed IS NULL;
CREATE INDEX item_by_labelled ON item (dataset, labelled, id) WHERE removed IS NULL;

CREATE TABLE tag (
    dataset BIGINT NOT NULL,
    name ${text} NOT NULL,
    value ${text} NOT NULL,
    item BIGINT NOT NULL REFERENCES item (id),
    PRIMARY KEY (dataset, name, value, item)
) ${clustered};
INSERT INTO tag (dataset, name, value, item)
SELECT dataset, name, value, item FROM item_tag WHERE name <> 'split' AND name <> 'labelled';
DROP TABLE item_tag;
ALTER TABLE tag RENAME TO item_tag;
CREATE INDEX item_tag_by_item ON item_tag (item);

DROP INDEX annotation_by_annotator;
