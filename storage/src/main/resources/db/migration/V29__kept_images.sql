-- Which images of a model's traffic are kept; see dev.fovea.traffic.retention.
CREATE TABLE keep_policy (
    model ${text} NOT NULL PRIMARY KEY REFERENCES model (name),
    dataset ${text} NOT NULL,
    random_per_day INTEGER NOT NULL,
    uncertain_per_day INTEGER NOT NULL,
    novel_per_day INTEGER NOT NULL,
    max_bytes BIGINT NOT NULL,
    days INTEGER NOT NULL
);

-- Parts of days, in days since 1970. A closed part has the numbers of images that were chosen.
CREATE TABLE keep_part (
    model ${text} NOT NULL REFERENCES model (name),
    day BIGINT NOT NULL,
    number INTEGER NOT NULL,
    seen BIGINT NOT NULL,
    lost BIGINT NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    closed INTEGER NOT NULL,
    random INTEGER NOT NULL,
    uncertain INTEGER NOT NULL,
    novel INTEGER NOT NULL,
    PRIMARY KEY (model, day, number)
);
CREATE INDEX keep_part_open ON keep_part (closed, day);

-- Images that may be kept, with their files in blobs. Those with reasons are chosen and wait for their data set.
CREATE TABLE keep_candidate (
    id ${text} NOT NULL PRIMARY KEY,
    model ${text} NOT NULL REFERENCES model (name),
    day BIGINT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    request ${text} NOT NULL,
    predicted BIGINT NOT NULL,
    labels ${text} NOT NULL,
    random_key DOUBLE PRECISION,
    uncertain_key DOUBLE PRECISION,
    novel_key DOUBLE PRECISION,
    blob ${text} NOT NULL,
    bytes BIGINT NOT NULL,
    reasons ${text},
    probability DOUBLE PRECISION,
    dataset ${text},
    expires BIGINT
);
CREATE INDEX keep_candidate_by_part ON keep_candidate (model, day, number);
CREATE INDEX keep_candidate_by_dataset ON keep_candidate (dataset, day, id);
CREATE INDEX keep_candidate_by_blob ON keep_candidate (blob);

-- Images in data sets, with the requests that they came with. Without "expires" they stay. Not part of their model:
-- they expire when it is gone, too. "reported" is the annotation that was reported as true.
CREATE TABLE kept_image (
    id ${text} NOT NULL PRIMARY KEY,
    model ${text} NOT NULL,
    day BIGINT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    request ${text} NOT NULL,
    predicted BIGINT NOT NULL,
    labels ${text} NOT NULL,
    reasons ${text} NOT NULL,
    probability DOUBLE PRECISION,
    dataset ${text} NOT NULL,
    hash ${bytes} NOT NULL,
    bytes BIGINT NOT NULL,
    expires BIGINT,
    reported BIGINT
);
CREATE INDEX kept_image_by_request ON kept_image (model, request);
CREATE INDEX kept_image_by_time ON kept_image (model, predicted);
CREATE INDEX kept_image_by_image ON kept_image (dataset, hash);
CREATE INDEX kept_image_by_end ON kept_image (expires);
