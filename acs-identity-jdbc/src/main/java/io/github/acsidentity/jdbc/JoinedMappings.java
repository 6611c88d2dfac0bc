/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import java.util.Optional;

/**
 * What can be done with mappings within a transaction of the caller; see {@link JdbcUserMappingStore#joining}.
 *
 * <p>This is no store, and no directory can be built over it: what a directory does goes with calls of the service,
 * which no transaction takes back.
 *
 * <p>Each method throws {@link IllegalStateException} if the connection is not in a transaction, and
 * {@link io.github.acsidentity.directory.UserMappingStoreException} if the database fails. To be used by one thread at
 * a time.
 */
public final class JoinedMappings {

    private final Operations operations;

    JoinedMappings(Operations operations) {
        this.operations = operations;
    }

    /**
     * Returns what the transaction sees of an external id.
     *
     * @param id the external id
     * @return the mapping, if there is one
     */
    public Optional<UserMapping> find(ExternalId id) {
        return operations.find(id);
    }

    /**
     * Returns the external id that a communication user is bound to.
     *
     * @param user the user
     * @return the external id, if there is one
     */
    public Optional<ExternalId> externalId(UserId user) {
        return JdbcUserMappingStore.boundId(operations.findUser(user));
    }

    /**
     * Binds a user that exists already, as {@link JdbcUserMappingStore#adopt} does.
     *
     * @param id the external id
     * @param user the user
     * @return what is known of {@code id} afterwards or, if {@code user} belongs to another external id, of that one
     */
    public UserMapping adopt(ExternalId id, UserId user) {
        return operations.adopt(id, user);
    }

    /**
     * Marks the user of an external id as to be deleted, as {@link JdbcUserMappingStore#tombstone} does. After the
     * commit, {@code delete} or {@code recover} of a directory deletes it.
     *
     * @param id the external id
     * @return the mark, if there is a user to delete
     */
    public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        return operations.tombstone(id);
    }
}
