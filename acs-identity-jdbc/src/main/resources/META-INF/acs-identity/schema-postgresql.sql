-- Which user of the application is which communication user. The key is a hash of namespace and external id.
CREATE TABLE IF NOT EXISTS acs_user_mapping (
    id_hash     BYTEA        NOT NULL PRIMARY KEY,
    namespace   VARCHAR(128) NOT NULL,
    external_id VARCHAR(512) NOT NULL,
    state       VARCHAR(8)   NOT NULL,
    user_id     VARCHAR(256) COLLATE "C" UNIQUE,
    resource_id VARCHAR(256) COLLATE "C",
    request_id  VARCHAR(36)  COLLATE "C",
    started_at  TIMESTAMP(3),
    expires_at  TIMESTAMP(3),
    CHECK ((state = 'RESERVED' AND user_id IS NULL AND request_id IS NOT NULL AND started_at IS NOT NULL
                AND expires_at IS NOT NULL)
        OR (state IN ('BOUND', 'ERASING') AND user_id IS NOT NULL AND request_id IS NULL))
);

CREATE INDEX IF NOT EXISTS acs_user_mapping_ix_state ON acs_user_mapping (state, expires_at);

-- Attempts at creating a user that did not end with a mapping. Without user_id: whether there is a user is not known.
-- With it: that user is nobody's and to be deleted. No external ids here.
CREATE TABLE IF NOT EXISTS acs_user_mapping_attempt (
    request_id VARCHAR(36) COLLATE "C" NOT NULL PRIMARY KEY,
    started_at TIMESTAMP(3) NOT NULL,
    expires_at TIMESTAMP(3) NOT NULL,
    user_id    VARCHAR(256) COLLATE "C"
);
