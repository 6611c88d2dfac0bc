/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityExceptionTest {

    private static final FailureDetails DETAILS = FailureDetails.of(IdentityOperation.GET_TOKEN)
            .withUser(Samples.USER)
            .withHttpStatus(503)
            .withErrorCode("Code")
            .withTarget("target")
            .withRequestId("id-1")
            .withRetryAfter(Duration.ofSeconds(7))
            .withOutcomeUnknown(true);

    interface Constructor {
        IdentityException create(String message, FailureDetails details);
    }

    interface ConstructorWithCause {
        IdentityException create(String message, FailureDetails details, @Nullable Throwable cause);
    }

    record Leaf(Constructor plain, ConstructorWithCause withCause, boolean isTransient) {}

    static Stream<Leaf> leaves() {
        return Stream.of(
                new Leaf(InvalidRequestException::new, InvalidRequestException::new, false),
                new Leaf(AccessDeniedException::new, AccessDeniedException::new, false),
                new Leaf(UserNotFoundException::new, UserNotFoundException::new, false),
                new Leaf(TeamsTokenRejectedException::new, TeamsTokenRejectedException::new, false),
                new Leaf(ThrottledException::new, ThrottledException::new, true),
                new Leaf(ServiceUnavailableException::new, ServiceUnavailableException::new, true),
                new Leaf(OperationInterruptedException::new, OperationInterruptedException::new, false));
    }

    @Test
    void leaves_areFinalPublicAndAllInTheTableOfThisTest() {
        Class<?>[] permitted = IdentityException.class.getPermittedSubclasses();

        assertThat(permitted)
                .allSatisfy(leaf -> assertThat(leaf.getModifiers())
                        .matches(Modifier::isFinal)
                        .matches(Modifier::isPublic));
        assertThat(permitted)
                .containsExactlyInAnyOrderElementsOf(
                        leaves().map(leaf -> leaf.plain().create("x", DETAILS))
                                .<Class<?>>map(Object::getClass)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void accessors_answerFromTheDetails(Leaf leaf) {
        IdentityException e = leaf.plain().create("What happened", DETAILS);

        assertThat(e).hasMessage("What happened").hasNoCause();
        assertThat(e.details()).isSameAs(DETAILS);
        assertThat(e.isTransient()).isEqualTo(leaf.isTransient());
        assertThat(e.operation()).contains(IdentityOperation.GET_TOKEN);
        assertThat(e.user()).contains(Samples.USER);
        assertThat(e.httpStatus()).hasValue(503);
        assertThat(e.errorCode()).contains("Code");
        assertThat(e.target()).contains("target");
        assertThat(e.requestId()).contains("id-1");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(leaf.plain().create("x", FailureDetails.NONE).outcomeUnknown())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void constructor_withCause_keepsIt(Leaf leaf) {
        IOException cause = new IOException("reset");

        assertThat(leaf.withCause().create("x", DETAILS, cause)).hasCause(cause).hasMessage("x");
        assertThat(leaf.withCause().create("x", DETAILS, null)).hasNoCause();
        assertThat(leaf.withCause().create("x", DETAILS, cause).isTransient()).isEqualTo(leaf.isTransient());
    }

    @ParameterizedTest
    @MethodSource("leaves")
    @SuppressWarnings("NullAway")
    void constructor_null_isRefused(Leaf leaf) {
        assertThatNullPointerException()
                .isThrownBy(() -> leaf.plain().create(null, DETAILS))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> leaf.plain().create("x", null))
                .withMessage("details");
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void serialisation_keepsTypeMessageAndCauseAndForgetsTheDetails(Leaf leaf) throws Exception {
        IdentityException original = leaf.withCause().create("What happened", DETAILS, new IOException("reset"));

        IdentityException copy = (IdentityException) deserialise(serialise(original));

        assertThat(copy)
                .hasSameClassAs(original)
                .hasMessage("What happened")
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("reset");
        assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
        assertThat(copy.isTransient()).isEqualTo(leaf.isTransient());
        assertThat(copy.details()).isSameAs(FailureDetails.NONE);
        assertThat(copy.user()).isEmpty();
    }

    @Test
    void isForeignResource_isToldByTheErrorCodeAlone() {
        assertThat(notFound(FailureDetails.NONE.withHttpStatus(401).withErrorCode("IdentityNotOwned"))
                        .isForeignResource())
                .isTrue();
        assertThat(notFound(FailureDetails.NONE.withErrorCode("IdentityNotOwned"))
                        .isForeignResource())
                .isTrue();
        assertThat(notFound(FailureDetails.NONE.withHttpStatus(404)).isForeignResource())
                .isFalse();
        assertThat(notFound(FailureDetails.NONE.withHttpStatus(401).withErrorCode("identitynotowned"))
                        .isForeignResource())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isLocal_withAStatusOfTheService_isFalse(int status) {
        assertThat(new ThrottledException("x", DETAILS.withHttpStatus(status)).isLocal())
                .isFalse();
    }

    @Test
    void isLocal_withoutStatus_isTrue() {
        FailureDetails details = FailureDetails.of(IdentityOperation.GET_TOKEN).withRetryAfter(Duration.ofSeconds(1));

        assertThat(new ThrottledException("x", details).isLocal()).isTrue();
    }

    @Test
    void constructors_arePublic() {
        assertThat(IdentityException.class.getPermittedSubclasses())
                .allSatisfy(leaf -> assertThat(Arrays.stream(leaf.getConstructors()))
                        .extracting(java.lang.reflect.Constructor::getParameterCount)
                        .containsExactlyInAnyOrder(2, 3));
    }

    private static UserNotFoundException notFound(FailureDetails details) {
        return new UserNotFoundException("x", details);
    }

    private static byte[] serialise(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialise(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
