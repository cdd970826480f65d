/** Says what a thing means that somebody pasted: a console line, a command, a call, a recording. */
@NullMarked
package dev.corsac.lab.decoder;

import org.jspecify.annotations.NullMarked;
