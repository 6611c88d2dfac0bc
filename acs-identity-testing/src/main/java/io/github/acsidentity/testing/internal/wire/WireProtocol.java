/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.internal.model.Call;
import io.github.acsidentity.testing.internal.model.Caller;
import io.github.acsidentity.testing.internal.model.Delivery;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.model.RefusedException;
import io.github.acsidentity.testing.internal.model.Served;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The HTTP face of the service: routing, authentication, versions, bodies and errors. Safe for use by concurrent
 * threads.
 *
 * <p>A request is judged in this order: path and method, credential, version, body, and at last what the model says. A
 * request that finds no route is not a call: faults do not strike it, and nobody records it.
 */
public final class WireProtocol {

    /** What a proxy on the way may say, whatever the headers promise. */
    private static final byte[] MALFORMED =
            "<html><body>This is not the answer of the service.</body></html>".getBytes(StandardCharsets.US_ASCII);

    private final ServiceModel model;
    private final TimeSource time;
    private final Routing routing;
    private final Authenticator authenticator;
    private final Operations operations;
    private final Responses responses;

    /**
     * Creates the protocol over a service.
     *
     * @param ownRoutes what the door itself answers to, such as {@code GET /health}: it never comes here, but may be
     *     what somebody meant who came here
     */
    public WireProtocol(FakeIdentityService service, WireSettings settings, String... ownRoutes) {
        model = ModelAccess.modelOf(service);
        time = settings.transportTime();
        routing = new Routing(model, List.of(ownRoutes));
        authenticator = new Authenticator(model, settings);
        operations = new Operations(model, routing);
        responses = new Responses(model, time);
    }

    /**
     * What becomes of a request.
     *
     * @param outcome what the door shall do
     * @param delay how long the door shall wait before it does so, in transport time; never negative
     * @param end what the door tells how the call ends: just before the caller gets the last of the outcome, or when it
     *     sees that the caller has given up; only the first time counts
     */
    public record Handled(WireOutcome outcome, Duration delay, Consumer<Delivery> end) {

        /** Checks that nothing is missing. */
        public Handled {
            requireNonNull(outcome, "outcome");
            requireNonNull(delay, "delay");
            requireNonNull(end, "end");
        }

        /** Creates what nobody needs to know the end of. */
        public Handled(WireOutcome outcome, Duration delay) {
            this(outcome, delay, delivery -> {});
        }
    }

    /** Handles one request; does not wait. */
    public Handled handle(WireRequest request) {
        long startedAt = time.nanos();
        try {
            Target target = Target.parse(request.rawTarget());
            Routing.Match match = routing.find(request.method(), target);
            if (match instanceof Routing.Found found) {
                return serve(request, target, found.route(), startedAt);
            }
            Routing.NotFound none = (Routing.NotFound) match;
            return atOnce(
                    none.allow() == null
                            ? responses.refusal(request, null, none.refusal(), startedAt)
                            : responses.wrongMethod(request, none.refusal(), none.allow(), startedAt));
        } catch (RefusedException e) {
            return atOnce(responses.refusal(request, null, e.refusal(), startedAt));
        }
    }

    private Handled serve(WireRequest request, Target target, Route route, long startedAt) {
        Call call = new Call(
                operation(route, request),
                request.header("x-ms-client-request-id").orElse(null));
        if (target.segments().size() > 1) {
            Operations.parse(target.segments().get(1)).ifPresent(call::concerns);
        }
        Served<Success> served = model.serve(
                call,
                () -> authenticator.authenticate(request, target),
                caller -> process(request, target, route, call, caller),
                Success::status);
        return new Handled(outcome(request, route, served, startedAt), served.delay(), served.end());
    }

    private WireOutcome outcome(WireRequest request, Route route, Served<Success> served, long startedAt) {
        if (served.outcome() instanceof Served.Done<Success> done) {
            return delivered(responses.success(request, route, done.value(), startedAt), served.body());
        }
        if (served.outcome() instanceof Served.Refused<Success> refused) {
            return delivered(responses.refusal(request, route, refused.refusal(), startedAt), served.body());
        }
        return served.outcome() instanceof Served.Hung<Success> hung
                ? new WireOutcome.Hang(hung.release())
                : new WireOutcome.Drop();
    }

    private static WireOutcome delivered(WireResponse response, Served.Body body) {
        if (body instanceof Served.Truncated) {
            return new WireOutcome.Truncated(response);
        }
        if (body instanceof Served.Slow slow) {
            return new WireOutcome.Slow(response, slow.time());
        }
        return new WireOutcome.Answer(body instanceof Served.Malformed ? response.withBody(MALFORMED) : response);
    }

    private Success process(WireRequest request, Target target, Route route, Call call, Caller caller) {
        call.reached(caller.resource());
        ApiVersion version = ApiVersion.of(target, route, routing);
        model.admit(call, caller.resource());
        String user = target.segments().get(target.segments().size() > 1 ? 1 : 0);
        return switch (route) {
            case CREATE -> operations.create(call, caller, version, Body.read(request.body(), model));
            case ISSUE -> operations.issue(call, caller, version, user, Body.read(request.body(), model));
            case REVOKE -> operations.revoke(call, caller, user);
            case DELETE -> operations.delete(call, caller, user);
            case EXCHANGE_TEAMS_TOKEN -> operations.exchangeTeamsToken(caller, Body.read(request.body(), model));
            default -> throw routing.unmodelled(route.toString()).exception();
        };
    }

    private IdentityOperation operation(Route route, WireRequest request) {
        return switch (route) {
            case CREATE ->
                asksForToken(request) ? IdentityOperation.CREATE_USER_WITH_TOKEN : IdentityOperation.CREATE_USER;
            case ISSUE -> IdentityOperation.GET_TOKEN;
            case REVOKE -> IdentityOperation.REVOKE_TOKENS;
            case DELETE -> IdentityOperation.DELETE_USER;
            case EXCHANGE_TEAMS_TOKEN -> IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;
            default -> throw routing.unmodelled(route.toString()).exception();
        };
    }

    private boolean asksForToken(WireRequest request) {
        try {
            return Body.read(request.body(), model)
                    .texts(Operations.CREATE_SCOPES)
                    .filter(scopes -> !scopes.isEmpty())
                    .isPresent();
        } catch (RefusedException e) {
            // the same body is refused when it is this call's turn to be judged
            return false;
        }
    }

    private static Handled atOnce(WireResponse response) {
        return new Handled(new WireOutcome.Answer(response), Duration.ZERO);
    }
}
