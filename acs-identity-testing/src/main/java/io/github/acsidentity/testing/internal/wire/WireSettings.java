/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.TimeSource;
import java.time.Duration;
import java.util.Set;

/**
 * How strictly the wire protocol judges the credential of a request.
 *
 * @param dateSkew how far the date of a signed request may be from the transport time
 * @param transportTime the time by which dates and bearer tokens are judged; not the model's, because clients sign with
 *     the time of the system
 * @param hmacVerified whether signatures, content hashes and dates are verified
 * @param bearerAudienceChecked whether a bearer token must be a JWT for the audience of the service
 * @param bearerExpiryChecked whether a bearer token must be a JWT that has not expired
 * @param ownNames under which names and addresses, in lower case, clients reach the door besides those of the loopback
 *     interface
 */
public record WireSettings(
        Duration dateSkew,
        TimeSource transportTime,
        boolean hmacVerified,
        boolean bearerAudienceChecked,
        boolean bearerExpiryChecked,
        Set<String> ownNames) {

    /** 15 minutes, the system's time, signatures verified, any bearer token accepted. */
    public static final WireSettings DEFAULTS =
            new WireSettings(Duration.ofMinutes(15), TimeSource.system(), true, false, false, Set.of());

    /** Returns a copy with another date skew. */
    public WireSettings withDateSkew(Duration dateSkew) {
        return new WireSettings(
                dateSkew, transportTime, hmacVerified, bearerAudienceChecked, bearerExpiryChecked, ownNames);
    }

    /** Returns a copy with another transport time. */
    public WireSettings withTransportTime(TimeSource transportTime) {
        return new WireSettings(
                dateSkew, transportTime, hmacVerified, bearerAudienceChecked, bearerExpiryChecked, ownNames);
    }

    /** Returns a copy that verifies signatures or does not. */
    public WireSettings withHmacVerified(boolean hmacVerified) {
        return new WireSettings(
                dateSkew, transportTime, hmacVerified, bearerAudienceChecked, bearerExpiryChecked, ownNames);
    }

    /** Returns a copy that checks audience and expiry of bearer tokens or does not. */
    public WireSettings withBearerChecks(boolean audience, boolean expiry) {
        return new WireSettings(dateSkew, transportTime, hmacVerified, audience, expiry, ownNames);
    }

    /** Returns a copy for a door that is also reached by other names than those of the loopback interface. */
    public WireSettings withOwnNames(Set<String> ownNames) {
        return new WireSettings(
                dateSkew,
                transportTime,
                hmacVerified,
                bearerAudienceChecked,
                bearerExpiryChecked,
                Set.copyOf(ownNames));
    }
}
