/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.wire.Host;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages of other origins away: a browser on the developer's machine reaches the emulator, whatever site asks
 * it to.
 */
final class AdminGuard {

    private static final int MAXIMUM_BODY_BYTES = 64 * 1024;
    private static final Set<String> TRUSTED_SITES = Set.of("same-origin", "none");

    private final Set<String> ownNames;

    AdminGuard(Set<String> ownNames) {
        this.ownNames = Set.copyOf(ownNames);
    }

    /** Refuses a name that an attacker's name server may have pointed at this machine. */
    Optional<WireResponse> refuseHost(WireRequest request) {
        boolean local = request.header("host")
                .map(value -> new Host(value).isLocal(ownNames))
                .orElse(false);
        return local
                ? Optional.empty()
                : Optional.of(AdminAnswer.refused(
                        403,
                        "UnknownHost",
                        "The emulator can be administered as localhost, 127.0.0.1 or one of its --host-names only."));
    }

    /** Refuses what the script or form of a page of another origin sent. */
    Optional<WireResponse> refuseOrigin(WireRequest request) {
        String own = request.scheme() + "://" + request.header("host").orElse("");
        boolean foreignOrigin = request.header("origin")
                .map(origin -> !origin.toLowerCase(Locale.ROOT).equals(own.toLowerCase(Locale.ROOT)))
                .orElse(false);
        boolean foreignSite = request.header("sec-fetch-site")
                .map(site -> !TRUSTED_SITES.contains(site.toLowerCase(Locale.ROOT)))
                .orElse(false);
        return foreignOrigin || foreignSite
                ? Optional.of(
                        AdminAnswer.refused(403, "CrossOrigin", "Pages of other origins cannot use the emulator."))
                : Optional.empty();
    }

    /** Refuses a body that is too large, or of a type that a form can send. */
    Optional<WireResponse> refuseBody(WireRequest request) {
        if (request.body().length > MAXIMUM_BODY_BYTES) {
            return Optional.of(AdminAnswer.refused(
                    413, "RequestTooLarge", "The body has more than " + MAXIMUM_BODY_BYTES + " bytes."));
        }
        String type = request.header("content-type").orElse("").split(";", 2)[0].strip();
        return request.method().equals("POST") && !type.equalsIgnoreCase("application/json")
                ? Optional.of(AdminAnswer.refused(
                        415, "UnsupportedMediaType", "A POST needs the header Content-Type: application/json."))
                : Optional.empty();
    }
}
