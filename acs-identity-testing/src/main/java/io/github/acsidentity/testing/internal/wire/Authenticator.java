/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.internal.model.Caller;
import io.github.acsidentity.testing.internal.model.Refusal;
import io.github.acsidentity.testing.internal.model.RefusedException;
import io.github.acsidentity.testing.internal.model.Resource;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.util.List;
import java.util.Locale;

/**
 * Finds out who calls, and which resource.
 *
 * <p>A request is for the resource whose host name is in the Host header. On a loopback address there is no such name:
 * there, a signed request is for the resource one of whose keys verifies it, and one with a bearer token is for the
 * first resource. Any other host is refused.
 */
final class Authenticator {

    private static final String HMAC_SCHEME = "hmac-sha256";
    private static final String BEARER_SCHEME = "bearer";

    private final ServiceModel model;
    private final WireSettings settings;
    private final SignatureCheck signatures;
    private final BearerCheck bearers;

    Authenticator(ServiceModel model, WireSettings settings) {
        this.model = model;
        this.settings = settings;
        this.signatures = new SignatureCheck(settings);
        this.bearers = new BearerCheck(settings);
    }

    Caller authenticate(WireRequest request, Target target) {
        String authorization =
                request.header("authorization").orElseThrow(() -> denied("the request has no Authorization header"));
        Host host = new Host(request.header("host").orElseThrow(() -> denied("the request has no Host header")));
        List<Resource> candidates = candidates(host);
        String scheme = authorization.split("[ \t]", 2)[0].toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case HMAC_SCHEME -> signed(request, target, host, authorization, candidates);
            case BEARER_SCHEME -> {
                bearers.check(authorization.substring(BEARER_SCHEME.length()).trim());
                yield new Caller(candidates.get(0), null);
            }
            default -> throw denied("the Authorization header has neither the scheme HMAC-SHA256 nor Bearer");
        };
    }

    private Caller signed(
            WireRequest request, Target target, Host host, String authorization, List<Resource> candidates) {
        if (settings.hmacVerified()) {
            return signatures.verify(request, target, host, authorization, candidates);
        }
        Resource resource = candidates.get(0);
        return new Caller(resource, resource.primary());
    }

    private List<Resource> candidates(Host host) {
        List<Resource> candidates = model.resources().stream()
                .filter(resource -> host.isLocal(settings.ownNames()) || resource.answersAt(host.name()))
                .toList();
        if (candidates.isEmpty()) {
            throw denied("no resource has the host name in the Host header");
        }
        return candidates;
    }

    static RefusedException denied(String reason) {
        return Refusal.denied("Denied by the resource provider: " + reason + ".")
                .exception();
    }
}
