/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.internal.model.Refusal;
import io.github.acsidentity.testing.internal.model.Reply;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import io.github.acsidentity.testing.internal.model.UnprovenCase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request; what it does not find, it refuses loudly. */
final class Routing {

    private final ServiceModel model;
    private final List<String> known;

    /**
     * Creates the routing of a door.
     *
     * @param ownRoutes what the door itself answers to, besides the service
     */
    Routing(ServiceModel model, List<String> ownRoutes) {
        this.model = model;
        this.known = Stream.concat(
                        Arrays.stream(Route.values()).filter(Route::isModelled).map(Route::toString),
                        ownRoutes.stream())
                .toList();
    }

    /** What was found. */
    sealed interface Match {}

    /** A route that the model can serve. */
    record Found(Route route) implements Match {}

    /**
     * None.
     *
     * @param allow the methods that the path has, if it has some
     */
    record NotFound(Refusal refusal, @Nullable String allow) implements Match {}

    Match find(String method, Target target) {
        List<Route> atPath = Arrays.stream(Route.values())
                .filter(route -> route.matches(target.segments()))
                .toList();
        if (atPath.isEmpty()) {
            return new NotFound(unknown(method, target), null);
        }
        return atPath.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .map(this::modelled)
                .orElseGet(() -> wrongMethod(method, target, atPath));
    }

    /** Returns the answer to something that the service has and the fake lacks. */
    Refusal unmodelled(String what) {
        int status = model.reply(UnprovenCase.UNMODELLED_OPERATION) == Reply.NOT_FOUND ? 404 : 501;
        return Refusal.of(status, "NotSupportedByFake", "The fake identity service does not support " + what + ".")
                .byFramework();
    }

    private Match modelled(Route route) {
        return route.isModelled() ? new Found(route) : new NotFound(unmodelled(route.toString()), null);
    }

    private static Match wrongMethod(String method, Target target, List<Route> atPath) {
        String allow = atPath.stream().map(Route::method).distinct().collect(Collectors.joining(", "));
        Refusal refusal = Refusal.of(
                        405,
                        "MethodNotAllowed",
                        "The path '" + target.path() + "' does not support " + method + ", but " + allow + ".")
                .byFramework();
        return new NotFound(refusal, allow);
    }

    private Refusal unknown(String method, Target target) {
        String wanted = method + " " + target.path();
        return Refusal.of(
                        404,
                        "RouteNotFound",
                        "There is no " + wanted + ". The nearest route is " + Nearest.to(wanted, known) + ".")
                .byFramework();
    }
}
