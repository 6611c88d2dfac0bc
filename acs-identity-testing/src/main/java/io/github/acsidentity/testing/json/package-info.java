/** A small strict JSON reader and writer. Not exported. */
@NullMarked
package io.github.acsidentity.testing.json;

import org.jspecify.annotations.NullMarked;
