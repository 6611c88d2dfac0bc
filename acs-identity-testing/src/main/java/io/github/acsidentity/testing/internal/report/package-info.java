/** How calls look in reports about failed tests. */
@NullMarked
package io.github.acsidentity.testing.internal.report;

import org.jspecify.annotations.NullMarked;
