-- A honeypot is drawn without reading the other images of the data set.
CREATE INDEX label_task_known ON label_task (dataset, hash) WHERE known IS NOT NULL;

-- The thumbnails of a forgotten image are found without reading those of all evaluations.
CREATE INDEX evaluation_image_by_content ON evaluation_image (content_hash);
