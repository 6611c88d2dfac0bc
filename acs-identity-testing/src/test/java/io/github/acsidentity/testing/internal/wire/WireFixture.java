/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.AssumedBehaviour;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A service with its wire protocol, all clocks standing still. */
final class WireFixture {

    static final String VERSION = "api-version=2022-10-01";

    final MutableClock transportTime = MutableClock.startingAt(TestRequest.NOW);
    final FakeIdentityService service;
    final FakeResource resource;
    final WireProtocol protocol;

    WireFixture(AssumedBehaviour... behaviours) {
        this(WireSettings.DEFAULTS, behaviours);
    }

    WireFixture(WireSettings settings, AssumedBehaviour... behaviours) {
        service = FakeIdentityService.builder()
                .clock(MutableClock.startingAt(TestRequest.NOW))
                .assume(behaviours)
                .build();
        resource = service.resource();
        protocol = new WireProtocol(service, settings.withTransportTime(transportTime));
    }

    UserId newUser() {
        return FakeIdentityManager.on(service).createUser();
    }

    WireResponse answer(TestRequest request) {
        return answer(request.signedBy(resource));
    }

    WireResponse answer(WireRequest request) {
        WireOutcome outcome = protocol.handle(request).outcome();
        assertThat(outcome).isInstanceOf(WireOutcome.Answer.class);
        return ((WireOutcome.Answer) outcome).response();
    }

    static String issue(String rawUser) {
        return "/identities/" + rawUser + "/:issueAccessToken?" + VERSION;
    }

    static String revoke(String rawUser) {
        return "/identities/" + rawUser + "/:revokeAccessTokens?" + VERSION;
    }

    static List<String> headers(WireResponse response, String name) {
        return response.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static JsonValue.Members body(WireResponse response) {
        try {
            return (JsonValue.Members) JsonReader.read(response.body());
        } catch (JsonException e) {
            throw new AssertionError(text(response), e);
        }
    }

    /** Returns a member of a member, as a text; empty if there is none. */
    static String field(WireResponse response, String object, String name) {
        return body(response).get(object) instanceof JsonValue.Members members
                        && members.get(name) instanceof JsonValue.Text value
                ? value.value()
                : "";
    }

    static String field(WireResponse response, String name) {
        return body(response).get(name) instanceof JsonValue.Text value ? value.value() : "";
    }

    static String code(WireResponse response) {
        return field(response, "error", "code");
    }

    static String target(WireResponse response) {
        return field(response, "error", "target");
    }

    static String message(WireResponse response) {
        return field(response, "error", "message");
    }
}
