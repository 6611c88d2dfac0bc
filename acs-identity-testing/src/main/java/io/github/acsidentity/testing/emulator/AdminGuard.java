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
import java.util.function.Predicate;

/**
 * Keeps web pages of other origins away: a browser on the developer's machine reaches the emulator, whatever site asks
 * it to.
 */
final class AdminGuard {

    private static final int MAXIMUM_BODY_BYTES = 64 * 1024;
    private static final Set<String> TRUSTED_SITES = Set.of("same-origin", "none");

    private final Set<String> ownNames;
    private final Predicate<String> isHostOfResource;

    /**
     * Creates a guard.
     *
     * @param ownNames names, in lower case, of the emulator besides those of the loopback interface
     * @param isHostOfResource whether a name is that of a resource, under which it can be called, but not administered
     */
    AdminGuard(Set<String> ownNames, Predicate<String> isHostOfResource) {
        this.ownNames = Set.copyOf(ownNames);
        this.isHostOfResource = isHostOfResource;
    }

    /** Refuses to be administered under a name that an attacker's name server may have pointed at this machine. */
    Optional<WireResponse> refuseHost(WireRequest request) {
        return host(request).filter(this::isOwn).isPresent() ? Optional.empty() : unknownHost(request, "");
    }

    /** Refuses to be called under such a name. */
    Optional<WireResponse> refuseHostOfCall(WireRequest request) {
        return host(request)
                        .filter(host -> isOwn(host) || isHostOfResource.test(host.name()))
                        .isPresent()
                ? Optional.empty()
                : unknownHost(request, ", and as the hosts of its resources");
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

    private boolean isOwn(Host host) {
        return host.isLocal(ownNames);
    }

    private static Optional<Host> host(WireRequest request) {
        return request.header("host").map(Host::new);
    }

    private static Optional<WireResponse> unknownHost(WireRequest request, String furtherNames) {
        String given = request.header("host").map(Problems::shown).orElse("no name");
        return Optional.of(AdminAnswer.refused(
                403,
                "UnknownHost",
                "The emulator is known as localhost, 127.0.0.1, [::1] and its --host-names" + furtherNames
                        + ", but the request was for " + given + "."));
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
