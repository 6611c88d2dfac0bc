/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.RecordedCall;
import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.wire.Target;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** What administrators can see and do, in JSON. Safe for use by concurrent threads. */
final class Admin {

    private static final int MOST_ITEMS = 1000;
    private static final int USUAL_ITEMS = 100;

    private final FakeIdentityService service;
    private final FaultBoard faults;
    private final AdminClock clock;
    private final String certificate;

    Admin(FakeIdentityService service, List<FaultOrder> initialFaults, String certificate) {
        this.service = service;
        this.faults = new FaultBoard(service, initialFaults);
        this.clock = new AdminClock(service.clock());
        this.certificate = certificate;
    }

    WireResponse time() {
        return AdminAnswer.ok(clock.json());
    }

    WireResponse moveTime(byte[] body) {
        Problems problems = new Problems();
        clock.move(new Fields(members(body), problems), problems);
        return AdminAnswer.ok(clock.json());
    }

    WireResponse faults() {
        List<JsonWriter> active = faults.active().stream()
                .map(entry -> entry.order().json(entry.id()))
                .toList();
        return AdminAnswer.ok(JsonWriter.object().objects("faults", active));
    }

    WireResponse addFault(byte[] body) {
        Problems problems = new Problems();
        Optional<FaultOrder> order = FaultOrder.parse(members(body), problems);
        if (order.isEmpty()) {
            throw problems.exception();
        }
        FaultBoard.Entry entry = faults.add(order.get());
        return AdminAnswer.created(entry.order().json(entry.id()));
    }

    WireResponse clearFaults() {
        faults.clear();
        return AdminAnswer.done();
    }

    WireResponse removeFault(String id) {
        boolean removed = id.matches("[0-9]{1,18}") && faults.remove(Long.parseLong(id));
        return removed
                ? AdminAnswer.done()
                : AdminAnswer.refused(404, "FaultNotFound", "There is no such fault, or it can no longer strike.");
    }

    WireResponse calls(Target target) {
        int limit = limit(target, MOST_ITEMS);
        Optional<IdentityOperation> operation = parameter(target, "operation").map(Admin::operation);
        Optional<String> user = parameter(target, "user");
        List<RecordedCall> calls = service.calls().stream()
                .filter(call -> operation.map(call.operation()::equals).orElse(true))
                .filter(call -> user.map(id -> isAbout(call, id)).orElse(true))
                .toList();
        List<RecordedCall> latest = calls.subList(Math.max(0, calls.size() - limit), calls.size());
        return AdminAnswer.ok(JsonWriter.object()
                .number("total", calls.size())
                .objects("calls", latest.stream().map(AdminJson::call).toList()));
    }

    WireResponse clearCalls() {
        service.clearCalls();
        return AdminAnswer.done();
    }

    WireResponse state(Target target) {
        return AdminAnswer.ok(AdminJson.state(service, limit(target, USUAL_ITEMS)));
    }

    WireResponse reset(byte[] body) {
        if (body.length > 0 && !members(body).byName().isEmpty()) {
            throw new BadAdminRequestException("The body must be empty or {}: a reset can be told nothing.");
        }
        faults.clear();
        ModelAccess.modelOf(service).reset();
        faults.reset();
        return AdminAnswer.done();
    }

    WireResponse certificate() {
        return AdminAnswer.of(200, "application/x-pem-file", certificate);
    }

    private static boolean isAbout(RecordedCall call, String user) {
        return call.user().filter(called -> called.rawId().equals(user)).isPresent();
    }

    private static int limit(Target target, int usual) {
        return parameter(target, "limit")
                .map(text -> {
                    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MOST_ITEMS) {
                        throw new BadAdminRequestException("limit must be a number from 0 to " + MOST_ITEMS
                                + ", but was " + Problems.shown(text) + ".");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(usual);
    }

    private static IdentityOperation operation(String name) {
        return FaultOrder.operation(name)
                .orElseThrow(() -> new BadAdminRequestException("operation must be one of "
                        + List.of(IdentityOperation.values()) + ", but was " + Problems.shown(name) + "."));
    }

    private static Optional<String> parameter(Target target, String name) {
        return target.parameters(name).stream().findFirst();
    }

    private static JsonValue.Members members(byte[] body) {
        try {
            if (JsonReader.read(body) instanceof JsonValue.Members members) {
                return members;
            }
        } catch (JsonException e) {
            throw new BadAdminRequestException("The body is not JSON: " + e.getMessage() + ".");
        }
        throw new BadAdminRequestException("The body must be a JSON object.");
    }
}
