-- Why an image has its score, in words; nothing where only a number is known.
ALTER TABLE label_task ADD COLUMN score_reason ${text};
