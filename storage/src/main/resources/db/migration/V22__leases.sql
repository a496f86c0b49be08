-- Periodic work that one server does at a time. The holder increments beat when it renews; another one takes over when
-- it has seen the same beat for the holder's duration. There are no times of day, so that no clock is trusted.
CREATE TABLE lease (
    name ${text} NOT NULL PRIMARY KEY,
    owner ${text} NOT NULL,
    beat BIGINT NOT NULL,
    duration_nanos BIGINT NOT NULL
);
