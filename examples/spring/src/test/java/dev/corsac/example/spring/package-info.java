@NullMarked
package dev.corsac.example.spring;

import org.jspecify.annotations.NullMarked;
