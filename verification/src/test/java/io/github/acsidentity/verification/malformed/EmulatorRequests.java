/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.internal.wire.WireOutcome;
import io.github.acsidentity.testing.internal.wire.WireProtocol;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import io.github.acsidentity.testing.internal.wire.WireSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Requests to the handler that all doors of the fake service share, without sockets: what it throws is a 500. */
final class EmulatorRequests implements Target {

    private static final int NOT_MODELLED = 501;

    private final FakeIdentityService service = FakeIdentityService.create();
    private final List<ValidRequest> valid = ValidRequest.to(service);
    private final List<WireProtocol> protocols = List.of(
            new WireProtocol(service, WireSettings.DEFAULTS),
            new WireProtocol(service, WireSettings.DEFAULTS.withHmacVerified(false)),
            new WireProtocol(service, WireSettings.DEFAULTS.withBearerChecks(true, true)));

    @Override
    public String name() {
        return "requests to the emulator";
    }

    @Override
    public String feed(Mutations mutations, Consumer<String> input) {
        ValidRequest request = mutations.any(valid);
        ValidRequest sent = (mutations.oneIn(2) ? request : request.withBearer()).spoiled(mutations);
        byte[] body = mutations.bytes(sent.body());
        input.accept(sent.method() + " " + sent.target() + " " + sent.headers() + "\r\n"
                + new String(body, StandardCharsets.ISO_8859_1));
        WireOutcome outcome = mutations
                .any(protocols)
                .handle(new WireRequest(sent.method(), sent.target(), sent.headers(), body, "https", 443))
                .outcome();
        WireResponse response = ((WireOutcome.Answer) outcome).response();
        if (response.status() >= 500 && response.status() != NOT_MODELLED) {
            throw new IllegalStateException("Answered " + response.status() + " to " + sent);
        }
        return response.status() < 400 ? "" : response.headers() + new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean allows(Exception thrown) {
        return false;
    }
}
