-- Which user of the application is which communication user. The key is a hash of namespace and external id.
CREATE TABLE IF NOT EXISTS acs_user_mapping (
    id_hash     BINARY(32)   NOT NULL PRIMARY KEY,
    namespace   VARCHAR(128) NOT NULL,
    external_id VARCHAR(512) NOT NULL,
    state       VARCHAR(8)   NOT NULL,
    user_id     VARCHAR(256) CHARACTER SET ascii COLLATE ascii_bin UNIQUE,
    resource_id VARCHAR(256) CHARACTER SET ascii COLLATE ascii_bin,
    request_id  VARCHAR(36)  CHARACTER SET ascii COLLATE ascii_bin,
    started_at  DATETIME(3),
    expires_at  DATETIME(3),
    INDEX acs_user_mapping_ix_state (state, expires_at),
    CHECK ((state = 'RESERVED' AND user_id IS NULL AND request_id IS NOT NULL AND started_at IS NOT NULL
                AND expires_at IS NOT NULL)
        OR (state IN ('BOUND', 'ERASING') AND user_id IS NOT NULL AND request_id IS NULL))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Attempts at creating a user that did not end with a mapping. Without user_id: whether there is a user is not known.
-- With it: that user is nobody's and to be deleted. No external ids here.
CREATE TABLE IF NOT EXISTS acs_user_mapping_attempt (
    request_id VARCHAR(36)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    started_at DATETIME(3)  NOT NULL,
    expires_at DATETIME(3)  NOT NULL,
    user_id    VARCHAR(256) CHARACTER SET ascii COLLATE ascii_bin
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
