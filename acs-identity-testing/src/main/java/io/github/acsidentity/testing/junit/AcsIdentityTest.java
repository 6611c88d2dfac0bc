/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a fake identity service of its own, and injects it.
 *
 * <pre>{@code
 * @AcsIdentityTest(startingAt = "2026-01-01T00:00:00Z")
 * class LoginTest {
 *
 *     @Test
 *     void login_newUser_getsAToken(FakeIdentityManager fake, MutableClock clock) { … }
 * }
 * }</pre>
 *
 * <p>{@link AcsIdentityExtension} says what can be injected, where, and how long it lives. Use its builder where the
 * service or the emulator shall be set up otherwise.
 */
@Documented
@ExtendWith(AcsIdentityExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SuppressWarnings("exports")
public @interface AcsIdentityTest {

    /**
     * Returns the time at which the clock of each service stands when the test begins; it then moves only when the test
     * moves it. The default, an empty text, is a clock that runs along with the system's and can be moved besides, or
     * for a {@code @Nested} class, what the outer class says.
     *
     * @return a time in ISO-8601, such as {@code 2026-01-01T00:00:00Z}
     */
    String startingAt() default "";
}
