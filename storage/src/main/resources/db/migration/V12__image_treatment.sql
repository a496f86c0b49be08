-- What was done to an image when it came in, and the hash of its other form: of the file that it was made from.
ALTER TABLE image ADD COLUMN twin ${bytes};
ALTER TABLE image ADD COLUMN treatment ${text};
CREATE INDEX image_by_twin ON image (twin) WHERE twin IS NOT NULL;

ALTER TABLE tombstone ADD COLUMN twin ${bytes};
CREATE INDEX tombstone_by_twin ON tombstone (twin) WHERE twin IS NOT NULL;
