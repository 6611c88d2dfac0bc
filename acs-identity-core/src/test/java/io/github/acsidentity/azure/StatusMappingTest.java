/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRejectedException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserNotFoundException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@Timeout(60)
class StatusMappingTest {

    private static final Set<IdentityOperation> ON_A_USER =
            EnumSet.of(IdentityOperation.GET_TOKEN, IdentityOperation.REVOKE_TOKENS, IdentityOperation.DELETE_USER);
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-client-request-id");

    private static final List<Integer> REGISTERED = Stream.of(
                    IntStream.rangeClosed(201, 208),
                    IntStream.rangeClosed(300, 308),
                    IntStream.rangeClosed(400, 431),
                    IntStream.of(226, 451, 499),
                    IntStream.rangeClosed(500, 511))
            .flatMap(IntStream::boxed)
            .toList();

    @RegisterExtension
    static final Wire wire = new Wire();

    @ParameterizedTest
    @EnumSource
    void everyStatus_ofEveryOperation_becomesTheExceptionOfTheTable(IdentityOperation operation) {
        AtomicInteger status = new AtomicInteger();
        StubTransport transport = new StubTransport(
                request -> Mono.just(StubTransport.response(request, status.get(), envelope("SomeCode"))));
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).httpClient(transport));

        for (int each = 200; each <= 599; each++) {
            if (each == 204 && expectedStatus(operation) == 204) {
                continue;
            }
            status.set(each);
            transport.requests().clear();
            IdentityException e = catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));

            assertThat(e).as("status %d", each).isExactlyInstanceOf(expectedType(each, operation));
            assertThat(e.httpStatus()).hasValue(each);
            assertThat(e.operation()).contains(operation);
            assertThat(e.user().isPresent()).isEqualTo(ON_A_USER.contains(operation));
            assertThat(e.outcomeUnknown())
                    .as("outcome of %d", each)
                    .isEqualTo(each < 400 || each == 408 || each >= 500);
            assertThat(e.requestId())
                    .contains(transport.requests().get(0).getHeaders().getValue(REQUEST_ID));
            if (each != expectedStatus(operation)) {
                assertThat(e.errorCode()).contains("SomeCode");
                assertThat(e.target()).contains("someTarget");
                assertThat(e).hasMessageContaining(each + " SomeCode [someTarget]");
            }
        }
    }

    /** As above, through a socket, where answers such as 204 and 304 have no body whatever the server sends. */
    @Test
    void everyRegisteredStatus_overTheWire_becomesTheExceptionOfTheTable() {
        AcsIdentityManager manager = wire.manager();

        REGISTERED.forEach(status -> {
            wire.answer(Wire.json(status, envelope("SomeCode")));
            IdentityException e = catchThrowableOfType(
                    IdentityException.class, () -> Samples.call(manager, IdentityOperation.GET_TOKEN));

            assertThat(e).isExactlyInstanceOf(expectedType(status, IdentityOperation.GET_TOKEN));
            assertThat(e.httpStatus()).hasValue(status);
            assertThat(e.user()).contains(Samples.USER);
            assertThat(e.errorCode().isPresent()).isEqualTo(status != 204 && status != 304);
        });
        assertThat(wire.requests()).hasSameSizeAs(REGISTERED);
    }

    @ParameterizedTest
    @EnumSource
    void unauthorized_withACode_isToldApartByOperation(IdentityOperation operation) {
        boolean onAUser = ON_A_USER.contains(operation);
        boolean teams = operation == IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;

        assertThat(failure(operation, 401, envelope("Denied"))).isExactlyInstanceOf(AccessDeniedException.class);
        assertThat(failure(operation, 401, "")).isExactlyInstanceOf(AccessDeniedException.class);
        assertThat(failure(operation, 401, envelope("identitynotowned")))
                .isExactlyInstanceOf(AccessDeniedException.class);
        assertThat(failure(operation, 401, envelope("IdentityNotOwned")))
                .isExactlyInstanceOf(onAUser ? UserNotFoundException.class : AccessDeniedException.class);
        assertThat(failure(operation, 401, envelope("InvalidAccessToken")))
                .isExactlyInstanceOf(teams ? TeamsTokenRejectedException.class : AccessDeniedException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"GET_TOKEN", "REVOKE_TOKENS", "DELETE_USER"})
    void identityNotOwned_isAForeignResource_and404IsNot(IdentityOperation operation) {
        assertThat(failure(operation, 401, envelope("IdentityNotOwned")))
                .isInstanceOfSatisfying(UserNotFoundException.class, e -> {
                    assertThat(e.isForeignResource()).isTrue();
                    assertThat(e).hasMessageContaining("is the connection string the right one?");
                });
        assertThat(failure(operation, 404, ""))
                .isInstanceOfSatisfying(
                        UserNotFoundException.class,
                        e -> assertThat(e.isForeignResource()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"403, IdentityNotOwned", "403, InvalidAccessToken", "403, Denied"})
    void forbidden_isOurOwnCredentialWhateverTheCode(int status, String code) {
        for (IdentityOperation operation : IdentityOperation.values()) {
            assertThat(failure(operation, status, envelope(code))).isExactlyInstanceOf(AccessDeniedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500})
    void asyncAndBlocking_reportTheSame(int status) {
        wire.answer(Wire.json(status, envelope("SomeCode")));
        AcsIdentityManager manager = wire.manager();

        for (IdentityOperation operation : IdentityOperation.values()) {
            IdentityException blocking =
                    catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));
            Throwable async = Samples.start(manager.async(), operation)
                    .<Throwable>handle((result, thrown) -> thrown)
                    .join();

            assertThat(async).hasSameClassAs(blocking).hasMessage(blocking.getMessage());
        }
    }

    private static IdentityException failure(IdentityOperation operation, int status, String body) {
        StubTransport transport =
                new StubTransport(request -> Mono.just(StubTransport.response(request, status, body)));
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).httpClient(transport));
        return catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));
    }

    private static Class<? extends IdentityException> expectedType(int status, IdentityOperation operation) {
        if (status < 400 || status == 408 || status >= 500) {
            return ServiceUnavailableException.class;
        }
        return switch (status) {
            case 401, 403 -> AccessDeniedException.class;
            case 404 -> ON_A_USER.contains(operation) ? UserNotFoundException.class : InvalidRequestException.class;
            case 429 -> ThrottledException.class;
            default -> InvalidRequestException.class;
        };
    }

    private static int expectedStatus(IdentityOperation operation) {
        return switch (operation) {
            case CREATE_USER, CREATE_USER_WITH_TOKEN -> 201;
            case GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER -> 200;
            case REVOKE_TOKENS, DELETE_USER -> 204;
        };
    }

    private static String envelope(String code) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"What happened.\",\"target\":\"someTarget\"}}";
    }
}
