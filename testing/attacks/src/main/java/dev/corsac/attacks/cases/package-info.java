/** The cases of {@code conformance/}, and the judges of what became of them. */
@NullMarked
package dev.corsac.attacks.cases;

import org.jspecify.annotations.NullMarked;
