/** The first program of a newcomer. */
@NullMarked
package io.github.acsidentity.examples.quickstart;

import org.jspecify.annotations.NullMarked;
