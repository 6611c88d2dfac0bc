/**
 * The fake service as an extension of JUnit Jupiter, version 5.12 or later.
 *
 * <p>{@link io.github.acsidentity.testing.junit.AcsIdentityTest} on a test class is all that most need.
 */
@NullMarked
package io.github.acsidentity.testing.junit;

import org.jspecify.annotations.NullMarked;
