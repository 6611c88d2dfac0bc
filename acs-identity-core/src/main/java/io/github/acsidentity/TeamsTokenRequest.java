/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.util.regex.Pattern;

/**
 * A Teams user's Microsoft Entra token, to be exchanged for an access token of that person.
 *
 * <p>The Entra token is a secret: {@link #toString()} leaves it out.
 *
 * @param entraToken the Entra access token of the Teams user
 * @param clientId the client id (a GUID) of the Entra application that the token was issued for
 * @param userObjectId the Entra object id (a GUID) of the Teams user that the token was issued for
 */
public record TeamsTokenRequest(String entraToken, String clientId, String userObjectId) {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /**
     * Checks the values, as far as they can be checked without the service.
     *
     * @param entraToken the Entra access token, not blank
     * @param clientId the client id
     * @param userObjectId the object id of the user
     * @throws IllegalArgumentException if {@code entraToken} is blank, or one of the ids is not a GUID
     */
    public TeamsTokenRequest {
        if (entraToken.isBlank()) {
            throw new IllegalArgumentException("entraToken must not be blank");
        }
        checkGuid("clientId", clientId);
        checkGuid("userObjectId", userObjectId);
    }

    /** Returns the two ids, without the secret. */
    @Override
    public String toString() {
        return "TeamsTokenRequest[entraToken=<redacted>, clientId=" + clientId + ", userObjectId=" + userObjectId + "]";
    }

    private static void checkGuid(String name, String value) {
        if (!GUID.matcher(value).matches()) {
            throw new IllegalArgumentException(name
                    + " must be a GUID such as 00000000-0000-0000-0000-000000000000, but is a text of " + value.length()
                    + " characters");
        }
    }
}
