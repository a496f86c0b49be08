-- The question before the labels, as part of a data set and of its versions.
ALTER TABLE dataset ADD COLUMN question ${text} NOT NULL DEFAULT '{"text":""}';
ALTER TABLE dataset_class ADD COLUMN counter_examples ${text} NOT NULL DEFAULT '[]';
ALTER TABLE data_version ADD COLUMN question ${text} NOT NULL DEFAULT '{"text":""}';
UPDATE data_version SET classes = replace(classes, '"examples":', '"counter_examples":[],"examples":');

-- The first images, which several people label blind to test the question. An image is in one pilot only.
CREATE TABLE label_pilot (
    dataset BIGINT NOT NULL REFERENCES dataset (id),
    number INTEGER NOT NULL,
    people INTEGER NOT NULL,
    author ${text} NOT NULL,
    drawn BIGINT NOT NULL,
    ended BIGINT,
    PRIMARY KEY (dataset, number)
);
ALTER TABLE label_task ADD COLUMN pilot INTEGER;
ALTER TABLE label_task ADD COLUMN pilot_people INTEGER;
CREATE INDEX label_task_pilot ON label_task (dataset, pilot) WHERE pilot IS NOT NULL;
