-- Classes that got another name. Annotations keep what was said; votes up to "annotation" are read with the new name.
CREATE TABLE class_renaming (
    dataset BIGINT NOT NULL REFERENCES dataset (id),
    position INTEGER NOT NULL,
    old_name ${text} NOT NULL,
    new_name ${text} NOT NULL,
    annotation BIGINT NOT NULL,
    PRIMARY KEY (dataset, position)
);

-- How many labels the models need that learn from the data set; nothing where nobody declared it.
ALTER TABLE labelling ADD COLUMN need ${text};
