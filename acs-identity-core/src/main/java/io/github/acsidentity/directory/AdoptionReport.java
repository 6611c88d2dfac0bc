/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.UserId;
import java.util.List;

/**
 * What became of mappings that were to be taken over.
 *
 * @param adopted how many are as they should be, those included that were there before
 * @param refused those that could not be taken over
 */
public record AdoptionReport(long adopted, List<Refusal> refused) {

    /**
     * Copies the list.
     *
     * @param adopted how many are there
     * @param refused those that are not
     */
    public AdoptionReport {
        refused = List.copyOf(refused);
    }

    /**
     * A mapping that could not be taken over. {@link #toString()} does not name the external id.
     *
     * @param externalId the external id
     * @param user the user who was to be bound to it
     * @param reason why not, without the external id
     */
    public record Refusal(String externalId, UserId user, String reason) {

        @Override
        public String toString() {
            return "Refusal[user=" + user + ", reason=" + reason + "]";
        }
    }
}
