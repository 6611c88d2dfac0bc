/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.UserId;

/** What a store knows of an external id. */
public sealed interface UserMapping {

    /**
     * Returns whose mapping it is.
     *
     * @return the external id
     */
    ExternalId externalId();

    /**
     * Somebody is creating a communication user for the id.
     *
     * @param externalId the external id
     * @param attempt the attempt that the id is reserved for
     */
    record Reserved(ExternalId externalId, CreationAttempt attempt) implements UserMapping {

        /**
         * Checks for nulls.
         *
         * @param externalId the external id
         * @param attempt the attempt
         */
        public Reserved {
            requireNonNull(externalId, "externalId");
            requireNonNull(attempt, "attempt");
        }
    }

    /**
     * The id has its communication user.
     *
     * @param externalId the external id
     * @param user the user
     */
    record Bound(ExternalId externalId, UserId user) implements UserMapping {

        /**
         * Checks for nulls.
         *
         * @param externalId the external id
         * @param user the user
         */
        public Bound {
            requireNonNull(externalId, "externalId");
            requireNonNull(user, "user");
        }
    }

    /**
     * The communication user of the id is to be deleted, and the mapping with it.
     *
     * @param externalId the external id
     * @param user the user to delete
     */
    record Erasing(ExternalId externalId, UserId user) implements UserMapping {

        /**
         * Checks for nulls.
         *
         * @param externalId the external id
         * @param user the user
         */
        public Erasing {
            requireNonNull(externalId, "externalId");
            requireNonNull(user, "user");
        }
    }
}
