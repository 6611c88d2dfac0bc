/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserNotFoundException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every form: those of the service, and those of gateways, proxies and broken connections. */
@Timeout(60)
class BodyFormsTest {

    private static final String USER = Samples.USER.rawId();
    private static final String TOKEN_FIELD = "\"token\":\"" + Wire.TOKEN + "\"";

    @RegisterExtension
    static final Wire wire = new Wire();

    static Stream<Arguments> errorsWithACode() {
        return Stream.of(
                Arguments.of("{\"error\":{\"code\":\"C1\",\"message\":\"m\",\"target\":\"t1\"}}", "C1", "t1"),
                Arguments.of("{\"error\":{\"code\":\"C1\",\"message\":\"m\"}}", "C1", null),
                Arguments.of(
                        " \n{ \"x\":[1,{\"error\":2}], \"error\" : { \"target\":\"t1\", \"code\":\"C1\" }, \"y\":{}}",
                        "C1",
                        "t1"),
                Arguments.of(
                        "{\"error\":{\"details\":[{\"code\":\"D\",\"target\":\"d\"}],\"code\":\"C1\","
                                + "\"innererror\":{\"code\":\"I\",\"target\":\"i\"}}}",
                        "C1",
                        null),
                Arguments.of("{\"error\":{\"code\":\"C1\",\"innerError\":null,\"target\":null}}", "C1", null),
                Arguments.of("{\"error\":{\"code\":\"C1\",\"target\":[\"t1\"],\"message\":{\"a\":1}}}", "C1", null),
                Arguments.of("{\"error\":{\"code\":\"Cäöü\"}}", "Cäöü", null));
    }

    @ParameterizedTest
    @MethodSource("errorsWithACode")
    void anErrorEnvelope_isReadWithCodeAndTarget(String body, String code, String target) {
        wire.answer(Wire.json(400, body));

        IdentityException e = failure(IdentityOperation.GET_TOKEN);

        assertThat(e).isExactlyInstanceOf(InvalidRequestException.class);
        assertThat(e.httpStatus()).hasValue(400);
        assertThat(e.errorCode()).contains(code);
        assertThat(e.target()).isEqualTo(java.util.Optional.ofNullable(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "<html><body><h1>502 Bad Gateway</h1></body></html>",
                "{\"error\":{\"code\":\"C1\"",
                "{\"error\":",
                "{",
                "[]",
                "[{\"error\":{\"code\":\"C1\"}}]",
                "\"text\"",
                "42",
                "{}",
                "{\"error\":null}",
                "{\"error\":\"text\"}",
                "{\"error\":[{\"code\":\"C1\"}]}",
                "{\"error\":{}}",
                "{\"error\":{\"code\":123,\"target\":true,\"message\":7}}",
                "{\"error\":{\"code\":\"\",\"target\":\" \"}}",
                "{\"message\":\"no envelope\"}",
                "{\"Error\":{\"Code\":\"C1\"}}",
                "\u0000\u0001\u0002"
            })
    void anUnreadableError_keepsTheStatusAndWhatItMeans(String body) {
        assertUnreadable(body);
    }

    @Test
    void anErrorOfManyLevelsOrBytes_keepsTheStatus() {
        assertUnreadable("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
        assertUnreadable("<p>" + "x".repeat(1_000_000) + "</p>");
    }

    private static void assertUnreadable(String body) {
        assertUnreadable(400, body, InvalidRequestException.class);
        assertUnreadable(404, body, UserNotFoundException.class);
        assertUnreadable(429, body, ThrottledException.class);
        assertUnreadable(503, body, ServiceUnavailableException.class);
    }

    private static void assertUnreadable(int status, String body, Class<? extends IdentityException> type) {
        wire.answer(Wire.json(status, body));

        IdentityException e = failure(IdentityOperation.GET_TOKEN);

        assertThat(e).isExactlyInstanceOf(type);
        assertThat(e.httpStatus()).hasValue(status);
        assertThat(e.errorCode()).isEmpty();
        assertThat(e.target()).isEmpty();
        assertThat(e.requestId()).contains(lastRequestId());
        assertThat(e).hasMessageContaining("the service answered " + status);
    }

    @Test
    void anErrorThatIsNoUtf8_keepsTheStatus() {
        wire.answer(aResponse().withStatus(400).withBody(new byte[] {'{', (byte) 0xc3, (byte) 0x28, (byte) 0xff}));

        assertThat(failure(IdentityOperation.REVOKE_TOKENS).httpStatus()).hasValue(400);
    }

    @Test
    void anErrorWithHostileTexts_isShortAndOnOneLine() {
        wire.answer(Wire.json(
                400,
                "{\"error\":{\"code\":\"C\\r\\nINFO forged\",\"message\":\"\\u0000m\\n" + "x y ".repeat(10_000)
                        + "\",\"target\":\"" + "t ".repeat(5_000) + "\"}}"));

        IdentityException e = failure(IdentityOperation.GET_TOKEN);

        assertThat(e.errorCode()).contains("C INFO forged");
        assertThat(e.target().orElseThrow()).hasSizeLessThan(150);
        assertThat(e.getMessage()).hasSizeLessThan(800).matches("\\P{Cntrl}*");
    }

    @Test
    void anErrorThatRepeatsSecrets_isRedacted() {
        wire.answer(Wire.json(
                401,
                "{\"error\":{\"code\":\"" + Wire.JSON_WEB_TOKEN + "\",\"target\":\"Bearer " + Wire.JSON_WEB_TOKEN
                        + "\",\"message\":\"rejected " + Wire.JSON_WEB_TOKEN + " with accesskey=" + Wire.ACCESS_KEY
                        + " and Signature=c2ln and " + Wire.ACCESS_KEY + "\"}}"));

        for (IdentityOperation operation : IdentityOperation.values()) {
            Texts.assertNoneHolds(failure(operation), Wire.JSON_WEB_TOKEN, Wire.ACCESS_KEY, "c2ln");
        }
    }

    static Stream<Arguments> successesThatCannotBeRead() {
        Stream<String> any =
                Stream.of("", "null", "{}", "[]", "<html>" + Wire.TOKEN + "</html>", "{\"token\":\"" + Wire.TOKEN);
        Stream<String> tokens = Stream.of(
                "{" + TOKEN_FIELD + "}",
                "{" + TOKEN_FIELD + ",\"expiresOn\":null}",
                "{" + TOKEN_FIELD + ",\"expiresOn\":\"\"}",
                "{" + TOKEN_FIELD + ",\"expiresOn\":\"tomorrow " + Wire.TOKEN + "\"}",
                "{" + TOKEN_FIELD + ",\"expiresOn\":{\"a\":1}}",
                "{\"expiresOn\":\"2026-03-03T09:05:07Z\"}",
                "{\"token\":null,\"expiresOn\":\"2026-03-03T09:05:07Z\"}",
                "{\"token\":\"\",\"expiresOn\":\"2026-03-03T09:05:07Z\"}");
        Stream<String> users = Stream.of(
                "{\"identity\":null}",
                "{\"identity\":{}}",
                "{\"identity\":{\"id\":null}}",
                "{\"identity\":{\"id\":\"\"}}",
                "{\"identity\":{\"id\":\"" + Wire.TOKEN + "\"}}",
                "{\"identity\":{\"id\":\"8:acs:r_u/../x\"}}",
                "{\"identity\":\"" + USER + "\"}",
                "{\"accessToken\":" + Wire.TOKEN_ANSWER + "}");
        Stream<String> usersWithTokens = Stream.of(
                "{\"identity\":{\"id\":\"" + USER + "\"}}",
                "{\"identity\":{\"id\":\"" + USER + "\"},\"accessToken\":null}",
                "{\"identity\":{\"id\":\"" + USER + "\"},\"accessToken\":{}}",
                "{\"identity\":{\"id\":\"" + USER + "\"},\"accessToken\":{" + TOKEN_FIELD + "}}",
                "{\"identity\":{\"id\":\"nobody\"},\"accessToken\":" + Wire.TOKEN_ANSWER + "}");
        return Stream.of(
                        cases(IdentityOperation.CREATE_USER, users),
                        cases(IdentityOperation.CREATE_USER_WITH_TOKEN, usersWithTokens),
                        cases(IdentityOperation.GET_TOKEN, tokens),
                        any.flatMap(body -> Stream.of(
                                        IdentityOperation.CREATE_USER,
                                        IdentityOperation.CREATE_USER_WITH_TOKEN,
                                        IdentityOperation.GET_TOKEN,
                                        IdentityOperation.GET_TOKEN_FOR_TEAMS_USER)
                                .map(operation -> Arguments.of(operation, body))))
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> cases(IdentityOperation operation, Stream<String> bodies) {
        return bodies.map(body -> Arguments.of(operation, body));
    }

    @ParameterizedTest
    @MethodSource("successesThatCannotBeRead")
    void aSuccessThatCannotBeRead_isUnavailableWithUnknownOutcomeAndNoTokenInAnyText(
            IdentityOperation operation, String body) {
        int status = operation.name().startsWith("CREATE") ? 201 : 200;
        wire.answer(Wire.json(status, body));

        IdentityException e = failure(operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.httpStatus()).hasValue(status);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(e.requestId()).contains(lastRequestId());
        Texts.assertNoneHolds(e, Wire.TOKEN, "opaque");
    }

    @ParameterizedTest
    @EnumSource
    void anUnexpected2xxWithAToken_leavesItOutOfAllTexts(IdentityOperation operation) {
        for (String body : new String[] {Wire.TOKEN_ANSWER, Wire.USER_AND_TOKEN_ANSWER, Wire.TOKEN}) {
            wire.answer(Wire.json(202, body));

            IdentityException e = failure(operation);

            assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
            assertThat(e.httpStatus()).hasValue(202);
            assertThat(e.outcomeUnknown()).isTrue();
            Texts.assertNoneHolds(e, Wire.TOKEN, "opaque");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REVOKE_TOKENS", "DELETE_USER"})
    void anOkInPlaceOfNoContent_isUnexpected(IdentityOperation operation) {
        wire.answer(Wire.json(200, "{}"));

        assertThat(failure(operation)).isExactlyInstanceOf(ServiceUnavailableException.class);
    }

    private static IdentityException failure(IdentityOperation operation) {
        return catchThrowableOfType(IdentityException.class, () -> Samples.call(wire.manager(), operation));
    }

    private static String lastRequestId() {
        return wire.requests().get(wire.requests().size() - 1).getHeader("x-ms-client-request-id");
    }
}
