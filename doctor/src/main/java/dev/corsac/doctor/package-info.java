/** Says why a browser keeps an answer from a page, and what to change. */
@NullMarked
package dev.corsac.doctor;

import org.jspecify.annotations.NullMarked;
