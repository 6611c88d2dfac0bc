/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.wire.Target;
import io.github.acsidentity.testing.internal.wire.WireOutcome;
import io.github.acsidentity.testing.internal.wire.WireProtocol.Handled;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers requests about the emulator itself, and hands all others on to the service. */
final class AdminDoor implements Function<WireRequest, Handled> {

    private static final String ROOT = "/__emulator";
    static final String PREFIX = ROOT + "/";

    private static final String PAGE_PATH = "/";

    private final Admin admin;
    private final AdminGuard guard;
    private final Function<WireRequest, Handled> service;

    AdminDoor(Admin admin, AdminGuard guard, Function<WireRequest, Handled> service) {
        this.admin = admin;
        this.guard = guard;
        this.service = service;
    }

    /** Returns what is answered here, to name it to those who miss it. */
    static String[] routes() {
        return Stream.concat(
                        Stream.of(ExchangeHandler.HEALTH_ROUTE),
                        Arrays.stream(AdminRoute.values()).map(AdminRoute::toString))
                .toArray(String[]::new);
    }

    @Override
    public Handled apply(WireRequest request) {
        String path = path(request.rawTarget());
        if (path.equals(PAGE_PATH)) {
            return now(guard.refuseHost(request).orElseGet(() -> page(request)));
        }
        return path.startsWith(ROOT) ? now(administer(request, path)) : serve(request);
    }

    private static WireResponse page(WireRequest request) {
        return isRead(request) ? EmulatorPage.answer() : AdminAnswer.wrongMethod("GET");
    }

    /** No page of another origin may use up the faults of a test, or show up among its calls. */
    private Handled serve(WireRequest request) {
        return guard.refuseHostOfCall(request)
                .or(() -> guard.refuseOrigin(request))
                .map(AdminDoor::now)
                .orElseGet(() -> service.apply(request));
    }

    private WireResponse administer(WireRequest request, String path) {
        return guard.refuseHost(request)
                .or(() -> guard.refuseOrigin(request))
                .orElseGet(() -> administer(request, path, AdminRoute.at(path)));
    }

    private WireResponse administer(WireRequest request, String path, List<AdminRoute> atPath) {
        if (atPath.isEmpty()) {
            return AdminAnswer.refused(
                    404,
                    "RouteNotFound",
                    "There is no " + Problems.shown(path) + ", but " + String.join(", ", routes()) + ".");
        }
        String method = isRead(request) ? "GET" : request.method();
        return atPath.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .map(route -> guard.refuseBody(request).orElseGet(() -> answer(route, request, path)))
                .orElseGet(() -> AdminAnswer.wrongMethod(
                        atPath.stream().map(AdminRoute::method).collect(Collectors.joining(", "))));
    }

    private WireResponse answer(AdminRoute route, WireRequest request, String path) {
        Target target = Target.parse(request.rawTarget());
        try {
            route.requireKnown(target.parameterNames());
            return switch (route) {
                case GET_TIME -> admin.time();
                case MOVE_TIME -> admin.moveTime(request.body());
                case GET_FAULTS -> admin.faults();
                case ADD_FAULT -> admin.addFault(request.body());
                case CLEAR_FAULTS -> admin.clearFaults();
                case REMOVE_FAULT -> admin.removeFault(path.substring(path.lastIndexOf('/') + 1));
                case GET_CALLS -> admin.calls(target);
                case CLEAR_CALLS -> admin.clearCalls();
                case GET_STATE -> admin.state(target);
                case RESET -> admin.reset(request.body());
                case GET_CERTIFICATE -> admin.certificate();
            };
        } catch (BadAdminRequestException e) {
            return AdminAnswer.refused(400, "BadRequest", String.valueOf(e.getMessage()));
        }
    }

    private static boolean isRead(WireRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static String path(String rawTarget) {
        int question = rawTarget.indexOf('?');
        return question < 0 ? rawTarget : rawTarget.substring(0, question);
    }

    private static Handled now(WireResponse response) {
        return new Handled(new WireOutcome.Answer(response), Duration.ZERO);
    }
}
