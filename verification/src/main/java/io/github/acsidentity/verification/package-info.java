/**
 * Checks that span the modules: architecture, published artifacts, documentation.
 *
 * <p>There are only tests here, and nothing is published.
 */
@NullMarked
package io.github.acsidentity.verification;

import org.jspecify.annotations.NullMarked;
