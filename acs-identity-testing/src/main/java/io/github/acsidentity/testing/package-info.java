/** A fake of the identity service: one in-memory model, and the doors that lead to it. */
@NullMarked
package io.github.acsidentity.testing;

import org.jspecify.annotations.NullMarked;
