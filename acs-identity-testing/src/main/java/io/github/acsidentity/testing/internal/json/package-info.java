/** A small strict JSON reader and writer. Not exported. */
@NullMarked
package io.github.acsidentity.testing.internal.json;

import org.jspecify.annotations.NullMarked;
