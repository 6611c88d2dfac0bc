/** The model of the identity service: users, tokens, keys, faults and the log of calls. Not exported. */
@NullMarked
package io.github.acsidentity.testing.internal.model;

import org.jspecify.annotations.NullMarked;
